// Holds the directions between rooms and which package may be imported where. The compiler keeps Node and the DOM
// out of rooms that must not have them (a tsconfig per room); this keeps the rest.

import assert from 'node:assert/strict';
import { readSources, resolveImport, type SourceFile } from './sources.ts';

/** Which top-level rooms a room may import beside itself. */
const rooms: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  connect: ['shared'],
  daemon: ['shared', 'connect'],
  extension: ['shared', 'connect'],
  webview: ['shared'],
};

/** Which rooms of the daemon a room may import beside itself; `contract.ts` and `config.ts` are open to all. */
const daemonRooms: Readonly<Record<string, readonly string[]>> = {
  store: [],
  audit: ['store'],
  catalogue: [],
  graph: ['store'],
  cypher: [],
  executors: ['store', 'catalogue', 'graph/filter.ts', 'executors/permit.ts'],
  discovery: ['store', 'executors'],
  policy: [],
  plans: ['store', 'audit/canonical.ts', 'catalogue', 'graph/filter.ts', 'policy', 'executors/permit.ts'],
  chat: ['store'],
  answers: ['graph/changes.ts'],
  assistant: ['store', 'catalogue'],
  interpreter: ['catalogue', 'graph/filter.ts'],
  rpc: [
    'cypher',
    'graph/looseEnds.ts',
    'graph/statistics.ts',
    'graph/changes.ts',
    'chat',
    'answers/logs.ts',
    'catalogue',
    'store/writeProblem.ts',
  ],
  lifecycle: ['store', 'rpc'],
  series: ['store'],
  terminals: ['catalogue', 'policy'],
  neo4j: ['store'],
  watch: ['store', 'series', 'monitor'],
  learn: ['store', 'series'],
  threat: ['store', 'monitor/linear.ts'],
  failure: ['store', 'series', 'monitor', 'watch/intake.ts'],
  monitor: [],
  cli: ['store', 'interpreter', 'catalogue', 'monitor'],
};

/** Which rooms the lower rooms of the interpreter may import for their values; those above may import any. */
const readerRooms: Readonly<Record<string, readonly string[]>> = {
  words: ['inventory/inventory.ts'],
  inventory: ['words', 'say.ts'],
  phrases: ['words'],
  linking: ['words'],
  filling: ['words', 'inventory', 'phrases', 'linking'],
};

/** Where a package may be imported for its value; types may be named anywhere the compiler knows them. */
const packages: Readonly<Record<string, readonly string[]>> = {
  zod: ['shared/protocol/', 'daemon/catalogue/', 'daemon/assistant/', 'daemon/policy/', 'daemon/executors/'],
  'json-rpc-2.0': ['shared/protocol/', 'daemon/rpc/'],
  'better-sqlite3': ['daemon/store/'],
  '@kubernetes/client-node': ['daemon/executors/kubernetes/'],
  ws: ['daemon/executors/kubernetes/terminals/', 'daemon/executors/openstack/serialLine.ts'],
  yaml: ['daemon/executors/', 'daemon/policy/'],
  'chrono-node': ['daemon/interpreter/'],
  openai: ['daemon/assistant/'],
  '@aws-sdk/client-auto-scaling': ['daemon/executors/aws/sdk/'],
  '@aws-sdk/client-cloudtrail': ['daemon/executors/aws/sdk/'],
  '@aws-sdk/client-cloudwatch': ['daemon/executors/aws/sdk/'],
  '@aws-sdk/client-ec2': ['daemon/executors/aws/sdk/'],
  '@aws-sdk/client-ecs': ['daemon/executors/aws/sdk/'],
  '@aws-sdk/client-elastic-load-balancing-v2': ['daemon/executors/aws/sdk/'],
  '@aws-sdk/client-lambda': ['daemon/executors/aws/sdk/'],
  '@aws-sdk/client-pricing': ['daemon/executors/aws/sdk/'],
  '@aws-sdk/client-rds': ['daemon/executors/aws/sdk/'],
  '@aws-sdk/client-sts': ['daemon/executors/aws/sdk/'],
  '@aws-sdk/credential-providers': ['daemon/executors/aws/sdk/'],
  ssh2: ['daemon/executors/onprem/clients.ts'],
  'net-snmp': ['daemon/executors/onprem/clients.ts'],
  undici: ['daemon/executors/openstack/'],
  'fast-xml-parser': ['daemon/executors/vsphere/'],
  chevrotain: ['daemon/cypher/'],
  'neo4j-driver': ['daemon/neo4j/driver.ts'],
  '@tensorflow/tfjs-core': ['daemon/learn/tensor.ts'],
  '@tensorflow/tfjs-layers': ['daemon/learn/tensor.ts'],
  '@tensorflow/tfjs-backend-wasm': ['daemon/learn/tensor.ts'],
  '@tensorflow/tfjs-backend-cpu': ['daemon/learn/tensor.ts'],
  cytoscape: ['webview/topology/'],
  uplot: ['webview/chart/'],
  vscode: ['extension/'],
  '@vscode/webview-ui-toolkit': ['webview/components.ts'],
};

/** Files over the limit, with the lines they may have: a number here is only ever lowered, or its line removed. */
const tooLong: Readonly<Record<string, number>> = {};

const sources = readSources();

describe('the rooms of the house', () => {
  it('has sources to look at', () => assert.ok(sources.length > 40));

  it('lets a room import only what it may', () => assert.deepEqual(sources.flatMap(wrongRooms), []));

  it('lets a room of the daemon import only rooms below it, or contracts', () => {
    assert.deepEqual(sources.filter((file) => file.path.startsWith('daemon/')).flatMap(wrongDaemonRooms), []);
  });

  it('lets a lower room of the interpreter know nothing of those above it', () =>
    assert.deepEqual(sources.flatMap(wrongReaderRooms), []));

  it('lets a package be imported only where it belongs', () =>
    assert.deepEqual(sources.flatMap(wrongPackages), []));

  it('has only the runner grant a write', () => {
    const granters = sources.filter(
      (file) => /\bgrantWrite\b/.test(file.text) && file.path !== 'daemon/executors/permit.ts',
    );
    assert.deepEqual(
      granters.map((file) => file.path),
      ['daemon/plans/runner.ts'],
    );
  });

  it('knows no provider by name outside the executors', () => {
    const named = /(?:===|!==|case)\s*'(?:openstack|aws|kubernetes|vsphere)'/;
    const offenders = sources.filter(
      (file) => !file.path.startsWith('daemon/executors/') && named.test(file.text),
    );
    assert.deepEqual(
      offenders.map((file) => file.path),
      [],
    );
  });

  it('opens every file by saying what it is for', () => {
    assert.deepEqual(
      sources.filter((file) => !/^(?:#!.*\n)?\/\//.test(file.text)).map((file) => file.path),
      [],
    );
  });

  it('exports by name and without barrels', () => {
    const offenders = sources.filter((file) => /^export default\b|^export \*/m.test(file.text));
    assert.deepEqual(
      offenders.map((file) => file.path),
      [],
    );
  });

  it('writes what is read raw in ASCII, which the build cannot do for it', () => {
    const raw = /\bString\.raw`[^`]*[^\0-\x7f`][^`]*`/;
    assert.deepEqual(
      sources.filter((file) => raw.test(file.text)).map((file) => file.path),
      [],
    );
  });

  it('keeps files short, and lets those that are too long only shrink', () => {
    const linesMax = 420;
    const grown = sources.filter((file) => {
      // Tables: of operations, and of bounds.
      if (file.path.startsWith('daemon/catalogue/') || file.path === 'daemon/config.ts') return false;
      return file.text.split('\n').length > (tooLong[file.path] ?? linesMax);
    });
    assert.deepEqual(
      grown.map((file) => `${file.path}: ${file.text.split('\n').length}`),
      [],
    );
  });
});

function wrongRooms(file: SourceFile): readonly string[] {
  const own = file.path.split('/')[0]!;
  return file.imports.flatMap(({ specifier }) => {
    const target = resolveImport(file.path, specifier);
    if (!target) return [];
    const room = target.split('/')[0]!;
    return room === own || rooms[own]!.includes(room) ? [] : [`${file.path} → ${target}`];
  });
}

function wrongDaemonRooms(file: SourceFile): readonly string[] {
  const [, own = '', ...rest] = file.path.split('/');
  if (rest.length === 0)
    return own === 'main.ts' || own === 'config.ts' ? [] : [`${file.path} stands outside a room`];
  const allowed = daemonRooms[own];
  if (!allowed) return [`daemon/${own} is not in the table of rooms`];
  return file.imports.flatMap(({ specifier }) => {
    const target = resolveImport(file.path, specifier);
    if (!target?.startsWith('daemon/')) return [];
    const inner = target.slice('daemon/'.length);
    const fine = inner === 'config.ts' || inner.endsWith('/contract.ts') || inner.startsWith(`${own}/`);
    return fine || allowed.some((room) => inner === room || inner.startsWith(`${room}/`))
      ? []
      : [`${file.path} → ${target}`];
  });
}

function wrongReaderRooms(file: SourceFile): readonly string[] {
  const home = 'daemon/interpreter/';
  const own = file.path.startsWith(home) ? file.path.slice(home.length).split('/')[0]! : '';
  const allowed = readerRooms[own];
  if (!allowed) return [];
  return file.imports.flatMap(({ specifier, typeOnly }) => {
    const target = typeOnly ? undefined : resolveImport(file.path, specifier);
    if (!target?.startsWith(home)) return [];
    const inner = target.slice(home.length);
    return [own, ...allowed].some((room) => inner === room || inner.startsWith(`${room}/`))
      ? []
      : [`${file.path} → ${target}`];
  });
}

function wrongPackages(file: SourceFile): readonly string[] {
  return file.imports.flatMap(({ specifier, typeOnly }) => {
    if (specifier.startsWith('.') || specifier.startsWith('node:') || typeOnly) return [];
    const name = specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/');
    const where = packages[name];
    if (!where) return [`${file.path} imports ${name}, which is not in the table of packages`];
    return where.some((prefix) => file.path.startsWith(prefix))
      ? []
      : [`${file.path} may not import ${name}`];
  });
}

// Writes docs/PROTOCOL.md from the table of messages: methods, their parameters, results, errors. Run after the table
// changes (`node scripts/protocolPage.ts`); a test holds that the page is up to date. Types of results are taken from
// the words of the table's own source, because types are gone when it runs.

import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { personMethods } from '../daemon/rpc/dispatch.ts';
import { problemCodes } from '../shared/model/problem.ts';
import { type Method, requests } from '../shared/protocol/messages.ts';
import { frameBytesMax, protocolVersion, protocolVersionMin } from '../shared/protocol/version.ts';

const root = path.resolve(import.meta.dirname, '..');
export const pageFile = path.join(root, 'docs', 'PROTOCOL.md');

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly additionalProperties?: unknown;
}

/** The whole page. */
export function protocolPage(): string {
  const folder = path.join(root, 'shared', 'protocol');
  const source = ['messages.ts', ...fs.readdirSync(folder).filter((file) => file.endsWith('Messages.ts'))]
    .map((file) => fs.readFileSync(path.join(folder, file), 'utf8'))
    .join('\n');
  const methods = Object.keys(requests) as Method[];
  const topics = [...new Set(methods.map((method) => method.split('/')[0]!))];
  return [
    intro(),
    ...topics.map((topic) => {
      const own = methods.filter((method) => method.startsWith(`${topic}/`));
      return [`## ${topic}`, ...own.map((method) => methodSection(method, source))].join('\n\n');
    }),
    notifications(source),
    errors(),
    '',
  ].join('\n\n');
}

function intro(): string {
  return `# Protocol

<!-- Written by scripts/protocolPage.ts from shared/protocol/messages.ts. Change the table, not this page. -->

JSON-RPC 2.0, one message a line (UTF-8, ended by a newline, at most ${frameBytesMax / 2 ** 20} MiB), over a Unix socket or a named
pipe that only its user can open. \`daemon.json\` in the state folder tells process id, socket and version.

The first request is \`session/initialize\`. The daemon answers with the protocol version both speak: this code speaks
${(protocolVersion as number) === protocolVersionMin ? `version ${protocolVersion}` : `versions ${protocolVersionMin} to ${protocolVersion}`}. A client that is too old gets \`version-mismatch\`; a client that is newer than the daemon asks it to
drain (\`session/drain\`) and starts its own. Batches are not taken, and a request without an id is not run.

A request is cancelled by the notification \`$/cancelRequest\` with its id. Long ones report by \`$/progress\`. A
subscription answers with a whole, or the first part of one (\`total\` tells), and sends numbered changes after it; a gap
in the numbers means: subscribe again. A reader that falls behind gets a new whole.`;
}

function methodSection(method: Method, source: string): string {
  const { params, doc, since } = requests[method];
  const schema = z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  const rows = fieldRows(schema, '');
  const table =
    rows.length === 0
      ? 'Takes nothing.'
      : [
          '| parameter | type | default |',
          '|---|---|---|',
          ...rows.map((row) => `| ${row.join(' | ')} |`),
        ].join('\n');
  const person = personMethods.has(method) ? ' Only for sessions of kind `editor` or `terminal`.' : '';
  return `### \`${method}\`\n\n${doc}${person} Since version ${since}.\n\n${table}\n\nResult: ${code(resultOf(method, source))}`;
}

function fieldRows(schema: JsonSchema, prefix: string): readonly (readonly string[])[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const isRequired = schema.required?.includes(name) ?? false;
    const fallback =
      field.default === undefined ? (isRequired ? '' : 'absent') : code(JSON.stringify(field.default));
    const own = [[code(`${prefix}${name}`), typeOf(field), fallback]];
    const inner = field.type === 'object' ? field : field.items?.type === 'object' ? field.items : undefined;
    return [
      ...own,
      ...(inner ? fieldRows(inner, `${prefix}${name}${field.type === 'array' ? '[]' : ''}.`) : []),
    ];
  });
}

function typeOf(schema: JsonSchema): string {
  if (schema.enum) return schema.enum.map((value) => code(JSON.stringify(value))).join(', ');
  if (schema.const !== undefined) return code(JSON.stringify(schema.const));
  if (schema.anyOf) return 'one of several shapes';
  if (schema.type === 'array') {
    const most = schema.maxItems === undefined ? '' : `, at most ${schema.maxItems}`;
    return `list of ${typeOf(schema.items ?? {})}${most}`;
  }
  if (schema.type === 'object' && !schema.properties) return 'object';
  return [schema.type ?? 'anything', bounds(schema)].filter(Boolean).join(', ');
}

function bounds({ minimum, maximum, minLength, maxLength }: JsonSchema): string {
  const isBounded = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  if (minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER)
    return isBounded ? `${minimum} to ${maximum}` : `at least ${minimum}`;
  if (maxLength !== undefined)
    return minLength === maxLength ? `${maxLength} characters` : `at most ${maxLength} characters`;
  return isBounded ? `at most ${maximum}` : '';
}

/** The type argument of `result<…>()` in the entry of a method. */
function resultOf(method: Method, source: string): string {
  const entry = source.indexOf(`'${method}': {`);
  const start = source.indexOf('result<', entry) + 'result<'.length;
  const end = source.indexOf('>(),', start);
  if (entry < 0 || start < entry || end < 0) throw new Error(`no result of ${method} in the table`);
  return oneLine(source.slice(start, end));
}

function notifications(source: string): string {
  const of = (name: string): string => {
    const start = source.indexOf(`export interface ${name} {`);
    const body = source.slice(source.indexOf('{', start) + 1, source.indexOf('\n}', start));
    return `\`\`\`ts\n${body.replace(/^\n/, '').replace(/^ {2}/gm, '').trimEnd()}\n\`\`\``;
  };
  return `## Notifications\n\nFrom the daemon:\n\n${of('ServerNotifications')}\n\nFrom a client:\n\n${of('ClientNotifications')}`;
}

function errors(): string {
  const rows = Object.entries(problemCodes).map(([name, number]) => `| ${number} | \`${name}\` |`);
  return `## Errors

Every error carries \`data\` with \`code\` (a name of this table), \`message\` (a sentence for a person) and, mostly, \`fix\`
(what to do about it). -32700 and -32600 are those of JSON-RPC: no JSON, no request.

| number | code |
|---|---|
${rows.join('\n')}`;
}

const oneLine = (text: string): string =>
  text
    .replace(/\/\*\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replaceAll('readonly ', '')
    .trim();
const code = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;

if (process.argv[1] === import.meta.filename) {
  fs.mkdirSync(path.dirname(pageFile), { recursive: true });
  fs.writeFileSync(pageFile, protocolPage());
}

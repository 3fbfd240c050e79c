// Queries to a real Neo4j, and what a person is told where it does not go well: wrong password, nothing there, no TLS,
// no Bolt, a query it does not understand, one that would write, one that is too much, a server that falls silent.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import { type Problem, ProblemError } from '../../../shared/model/problem.ts';
import type { Json } from '../../../shared/model/resource.ts';
import { fakeVm } from '../../fakes/resources.ts';
import { removeTempFolders, tempFolder } from '../../fakes/tempFolder.ts';
import { requireLab } from '../lab.ts';
import { ask, askOne, empty, never, openSetting, type Setting, serverOf, visitor } from './desk.ts';
import type { Neo4jLab } from './neo4jLab.ts';

describe('a query to Neo4j', () => {
  let lab: Neo4jLab;
  let setting: Setting;
  const closing: net.Server[] = [];
  const sockets = new Set<net.Socket>();
  before(async function () {
    lab = await requireLab('neo4j', this);
    await empty(lab);
    setting = openSetting(lab);
    setting.put(
      [fakeVm('web-1'), fakeVm('db-1'), fakeVm('data', { id: 'lab:volume/data', kind: 'volume' })],
      [{ from: 'lab:volume/data', type: 'ATTACHED_TO', to: 'lab:vm/db-1' }],
    );
    await setting.export();
  });
  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    for (const server of closing.splice(0)) server.close();
  });
  after(async () => {
    if (lab) await empty(lab);
    removeTempFolders();
  });

  const query = (
    text: string,
    parameters: Readonly<Record<string, Json>> = {},
    rowsMax = 1_000,
    timeMs = 30_000,
  ) => setting.desk.query({ text, parameters, rowsMax, timeMs }, never);
  const elsewhere = (url: string, password = lab.password) =>
    problemOf(setting.desk.try({ url, user: lab.user }, password, never));
  /** Something that listens but is no Neo4j. */
  async function listen(server: net.Server): Promise<number> {
    closing.push(server);
    server.on('connection', (socket: net.Socket) => sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as net.AddressInfo).port;
  }

  it('gives rows as the embedded graph does', async () => {
    const found = await query(
      'MATCH (v:volume)-[:ATTACHED_TO]->(m) WHERE m.name = $name RETURN v.name AS volume, m.flavor, size($list) AS n, $list[1] AS second;',
      { name: 'db-1', list: [1, 2, 3] },
    );
    assert.deepEqual(found.columns, ['volume', 'm.flavor', 'n', 'second']);
    assert.deepEqual(found.rows, [['data', 'S.4', 3, 2]]);
    assert.equal(found.truncated, false);
  });

  it('shows nodes, relations, paths, maps and large numbers', async () => {
    const { rows } = await query(
      'MATCH p = (v:volume)-[r]->(m) RETURN v, type(r), p, {a: [1.5, null]} AS map, 9007199254740993 AS large, 3 AS small',
    );
    const [node, type, way, map, large, small] = rows[0]!;
    assert.deepEqual([type, map, large, small], ['ATTACHED_TO', { a: [1.5, null] }, '9007199254740993', 3]);
    assert.equal((node as { name: string }).name, 'data');
    const { nodes, relations } = way as { nodes: { name: string }[]; relations: { type: string }[] };
    assert.deepEqual([nodes.map(({ name }) => name), relations[0]?.type], [['data', 'db-1'], 'ATTACHED_TO']);
  });

  it('stops at the row limit and says so', async () => {
    const found = await query('UNWIND range(1, 5000) AS n RETURN n', {}, 5);
    assert.deepEqual([found.rows.length, found.truncated], [5, true]);
  });

  it('stops at its time, and the server works on for nobody', async () => {
    const heavy =
      'UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 3000) AS c RETURN count(*)';
    assert.equal((await problemOf(query(heavy, {}, 10, 1_500))).code, 'timed-out');
    assert.deepEqual((await query('RETURN 1 AS one')).rows, [[1]]);
  });

  it('stops when it is called off', async () => {
    const stop = new AbortController();
    const heavy =
      'UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 3000) AS c RETURN count(*)';
    const asked = setting.desk.query(
      { text: heavy, parameters: {}, rowsMax: 10, timeMs: 60_000 },
      stop.signal,
    );
    setTimeout(() => stop.abort(), 100);
    await assert.rejects(asked, { name: 'AbortError' });
  });

  it('says where a query is not understood, counted in the query itself', async () => {
    const problem = await problemOf(query('MATCH (n)\nRETURNN n'));
    assert.equal(problem.code, 'bad-input');
    assert.match(problem.message, /line 2, column \d+ \(offset: \d+\)/);
    const first = await problemOf(query('RETURNN 1'));
    assert.match(first.message, /line 1, column 7 \(offset: 6\)/);
  });

  for (const text of [
    "CREATE (:Mine {name: 'x'})",
    "MATCH (n) SET n.status = 'gone' RETURN n",
    'MATCH (n) DETACH DELETE n',
    'CREATE INDEX ON :vm(name)',
    "MERGE (n:vm {name: 'new'}) RETURN n",
  ])
    it(`does not run what would write: ${text}`, async () => {
      const before = await ask(lab, 'MATCH (n) RETURN n.id, n.status, labels(n) ORDER BY n.id');
      const problem = await problemOf(query(text));
      assert.equal(problem.code, 'not-allowed');
      assert.match(problem.message, /Nothing was run/);
      assert.deepEqual(await ask(lab, 'MATCH (n) RETURN n.id, n.status, labels(n) ORDER BY n.id'), before);
    });

  it('asks no EXPLAIN and no PROFILE', async () => {
    assert.equal((await problemOf(query('PROFILE MATCH (n) DELETE n'))).code, 'bad-input');
    assert.equal((await problemOf(query('/* x */ PROFILE MATCH (n) DETACH DELETE n'))).code, 'bad-input');
    assert.ok(Number(await askOne(lab, 'MATCH (n) RETURN count(n)')) === 3);
  });

  it('says that the password is wrong, and never which it was', async () => {
    const problem = await elsewhere(lab.url, 'hunter2');
    assert.equal(problem.code, 'cloud-unauthorized');
    assert.ok(!JSON.stringify(problem).includes('hunter2'));
  });

  it('sends a password to no other server or user than it was given for', async () => {
    const other = openSetting(lab);
    other.desk.configure({ url: lab.url, user: 'somebody' }, undefined, visitor.actor);
    assert.equal(other.desk.status.hasPassword, false);
    const problem = await problemOf(other.desk.propose(visitor, never));
    assert.match(problem.message, /is not known/);
  });

  it('says that nothing answers', async () => {
    const server = net.createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const problem = await elsewhere(`bolt://127.0.0.1:${port}`);
    assert.deepEqual([problem.code, problem.message.includes(String(port))], ['cloud-unreachable', true]);
  });

  it('says that a web server does not speak Bolt', async () => {
    assert.match((await elsewhere(`bolt://127.0.0.1:${lab.serverPort + 1}`)).message, /web server/);
  });

  it('says that what answers does not speak Bolt', async () => {
    const port = await listen(
      net.createServer((socket) => socket.on('error', () => {}).write('SSH-2.0-x\r\n')),
    );
    const problem = await elsewhere(`bolt://127.0.0.1:${port}`);
    assert.match(problem.message, /does not speak Bolt/, JSON.stringify(problem));
  });

  it('says that a server does not speak TLS', async () => {
    const problem = await elsewhere(lab.url.replace('bolt:', 'bolt+s:'));
    assert.equal(problem.code, 'cloud-certificate', JSON.stringify(problem));
  });

  it('says that a certificate is not trusted, and takes it where any will do', async () => {
    const folder = tempFolder();
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => path.join(folder, name)) as [string, string];
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=lab'];
    execFileSync('openssl', [...made, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    const behind = Number(new URL(lab.url.replace('bolt:', 'http:')).port);
    const server = tls.createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (socket) => {
      const line = net.connect(behind, '127.0.0.1');
      socket.on('error', () => line.destroy()).on('close', () => line.destroy());
      line.on('error', () => socket.destroy()).on('close', () => socket.destroy());
      socket.pipe(line).pipe(socket);
    });
    const port = await listen(server);
    assert.equal((await elsewhere(`bolt+s://127.0.0.1:${port}`)).code, 'cloud-certificate');
    const trial = await setting.desk.try(
      { url: `bolt+ssc://127.0.0.1:${port}`, user: lab.user },
      lab.password,
      never,
    );
    assert.deepEqual(trial, { product: 'Neo4j/3.1.1', isEncrypted: true });
  });

  it('says that a line was lost in the middle of the rows', async () => {
    const behind = Number(new URL(lab.url.replace('bolt:', 'http:')).port);
    const server = net.createServer((socket) => {
      const line = net.connect(behind, '127.0.0.1');
      let bytes = 0;
      line.on('data', (chunk) => {
        bytes += chunk.length;
        if (bytes > 50_000) socket.destroy();
        else socket.write(chunk);
      });
      socket.pipe(line);
      socket.on('error', () => {}).on('close', () => line.destroy());
      line.on('error', () => socket.destroy());
    });
    const port = await listen(server);
    const other = openSetting(lab);
    other.desk.configure({ url: `bolt://127.0.0.1:${port}`, user: lab.user }, lab.password, visitor.actor);
    const asked = { text: 'UNWIND range(1, 1000000) AS n RETURN n', parameters: {}, rowsMax: 10_000 };
    const problem = await problemOf(other.desk.query(asked, never));
    assert.equal(problem.code, 'cloud-unreachable', JSON.stringify(problem));
  });

  it('waits for a silent server no longer than it may', async () => {
    lab.signal('SIGSTOP');
    try {
      const problem = await problemOf(query('RETURN 1 AS one', {}, 1, 1_000));
      assert.equal(problem.code, 'timed-out', JSON.stringify(problem));
    } finally {
      lab.signal('SIGCONT');
    }
    assert.deepEqual((await query('RETURN 1 AS one')).rows, [[1]]);
  });

  it('says that an old server has no several databases', async () => {
    const other = openSetting(lab);
    other.desk.configure({ ...serverOf(lab), database: 'estate' }, lab.password, visitor.actor);
    const problem = await problemOf(other.desk.propose(visitor, never));
    assert.equal(problem.code, 'config-invalid', JSON.stringify(problem));
  });
});

async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('it went well');
}

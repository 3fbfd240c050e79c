// What of Neo4j needs no server: the words for servers of other versions than the lab's, what their codes mean to a
// person, and a desk whose line or file of settings fails.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createGraph } from '../../daemon/graph/graph.ts';
import type { Line } from '../../daemon/neo4j/line.ts';
import { createNeo4j } from '../../daemon/neo4j/neo4j.ts';
import { lineProblem } from '../../daemon/neo4j/problems.ts';
import { constraintFor, nodeProperties, writeResources } from '../../daemon/neo4j/statements.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { fakeVm } from '../fakes/resources.ts';
import { removeTempFolders, tempFolder } from '../fakes/tempFolder.ts';

const server = { url: 'neo4j+s://db', user: 'ops', database: 'estate' };
const mark = { exporter: 'me', run: 'r1' };
const actor = { user: 'tester', client: 'test', how: 'terminal' } as const;
const never = new AbortController().signal;

describe('the constraint of an export', () => {
  for (const [product, words] of [
    ['Neo4j/3.1.1', /ON \(n:PilothouseResource\) ASSERT/],
    ['Neo4j/4.3.9', /ASSERT/],
    ['Neo4j/4.4.0', /IF NOT EXISTS FOR .* REQUIRE/],
    ['Neo4j/5.26.1', /REQUIRE/],
    ['Neo4j/2026.07.1', /REQUIRE/],
    ['something', /REQUIRE/],
  ] as const)
    it(`is said to ${product} as it says it`, () => assert.match(constraintFor(product), words));
});

describe('a resource as a node', () => {
  it('has no property of an attribute that pretends to be the mark', () => {
    const { pilothouseKey, pilothouseExport, id } = nodeProperties(
      fakeVm('a', { attributes: { pilothouseKey: 'x', pilothouseExport: 'other', id: 'y' } }),
      mark,
    );
    assert.deepEqual([pilothouseKey, pilothouseExport, id], ['me lab:vm/a', 'me', 'lab:vm/a']);
  });

  it('never has its kind become Cypher', () => {
    assert.throws(() => writeResources('vm` DETACH DELETE (m) //', [fakeVm('a')], mark), TypeError);
  });
});

describe('what a Neo4j server says', () => {
  for (const [code, problem] of [
    ['Neo.ClientError.Security.Unauthorized', 'cloud-unauthorized'],
    ['Neo.ClientError.Security.AuthenticationRateLimit', 'cloud-throttled'],
    ['Neo.ClientError.Security.CredentialsExpired', 'cloud-unauthorized'],
    ['Neo.ClientError.Security.Forbidden', 'cloud-forbidden'],
    ['Neo.ClientError.Statement.AccessMode', 'not-allowed'],
    ['Neo.ClientError.Statement.SyntaxError', 'bad-input'],
    ['Neo.ClientError.Procedure.ProcedureNotFound', 'bad-input'],
    ['Neo.ClientError.Database.DatabaseNotFound', 'config-invalid'],
    ['Neo.ClientError.Transaction.TransactionTimedOut', 'timed-out'],
    ['Neo.TransientError.General.MemoryPoolOutOfMemoryError', 'cloud-throttled'],
    ['Neo.DatabaseError.General.UnknownError', 'cloud-failed'],
    ['ServiceUnavailable', 'cloud-unreachable'],
  ] as const)
    it(`${code} is ${problem}`, () => {
      const found = lineProblem(Object.assign(new Error('it said so\nand more'), { code }), server);
      assert.ok(found instanceof ProblemError);
      assert.equal(found.problem.code, problem);
      assert.ok(!found.problem.message.includes('and more'));
    });
});

describe('the desk for Neo4j', () => {
  afterEach(removeTempFolders);

  function open(line: Partial<Line>, stateFolder = tempFolder(), fails = false) {
    const written: string[] = [];
    const closed: true[] = [];
    const graph = createGraph();
    graph.apply(
      'lab',
      { name: 'all', kinds: ['vm'] },
      { mode: 'changes', resources: [fakeVm('a')], removed: [], relations: [] },
    );
    const whole: Line = {
      greet: async () => ({ product: 'Neo4j/5.26.0', isEncrypted: true }),
      read: async () => ({ columns: [], rows: [], truncated: false }),
      kindOf: async () => 'r',
      write: async ({ text }) => {
        written.push(text);
        return { columns: [], rows: [], truncated: false };
      },
      close: async () => void closed.push(true),
      ...line,
    };
    const desk = createNeo4j({
      graph,
      connections: { get: () => undefined },
      audit: {
        append(entry) {
          if (fails && entry.event === 'graph.exporting')
            throw new ProblemError({ code: 'audit-unavailable', message: 'The audit takes nothing.' });
          return { ...entry, seq: 1, at: '', previous: '', hash: '' };
        },
      },
      stateFolder,
      now: Date.now,
      log: () => {},
      openLine: async () => whole,
    });
    return { desk, written, closed };
  }

  it('writes nothing where the audit takes no record before', async () => {
    const { desk, written, closed } = open({}, tempFolder(), true);
    desk.configure(server, 'secret', actor);
    const visitor = { actor, session: 's' };
    const { id } = await desk.propose(visitor, never);
    await assert.rejects(
      desk.export(id, visitor, () => {}, never),
      /takes nothing/,
    );
    assert.deepEqual(written, []);
    assert.equal(closed.length, 2, 'each line is closed');
    assert.equal(desk.status.isExporting, false);
  });

  it('goes on where an older server has the constraint already, and not where it refuses it', async () => {
    const visitor = { actor, session: 's' };
    for (const [code, goesOn] of [
      ['Neo.ClientError.Schema.EquivalentSchemaRuleAlreadyExists', true],
      ['Neo.ClientError.Schema.ConstraintCreationFailed', false],
    ] as const) {
      const { desk } = open({
        async write({ text }) {
          const error = Object.assign(new Error('no'), { code });
          if (text.startsWith('CREATE CONSTRAINT')) throw lineProblem(error, server);
          return { columns: [], rows: [], truncated: false };
        },
      });
      desk.configure(server, 'secret', actor);
      const { id } = await desk.propose(visitor, never);
      const done = desk.export(id, visitor, () => {}, never);
      if (goesOn) assert.equal((await done).resources, 1);
      else await assert.rejects(done, /ConstraintCreationFailed/);
    }
  });

  it('exports to no other server than the one that was shown', async () => {
    const { desk, written } = open({});
    desk.configure(server, 'secret', actor);
    const visitor = { actor, session: 's' };
    const { id } = await desk.propose(visitor, never);
    desk.configure({ ...server, database: 'other' }, 'secret', actor);
    await assert.rejects(
      desk.export(id, visitor, () => {}, never),
      /Another Neo4j server/,
    );
    assert.deepEqual(written, []);
  });

  it('hinders nothing and guesses nothing where the file of its settings is damaged', () => {
    const folder = tempFolder();
    writeFileSync(path.join(folder, 'neo4j.json'), '{"exporter":');
    const { desk } = open({}, folder);
    assert.throws(() => desk.status, /cannot be read as the settings of Neo4j/);
    assert.throws(() => desk.configure(server, 'secret', actor), /cannot be read/);
  });
});

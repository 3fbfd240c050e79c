// `pilothouse neo4j …` against a real Neo4j: the export asks first, removing is never approved by a flag, rows are shown
// as those of the embedded graph.

import assert from 'node:assert/strict';
import { closeTerminals, openTerminal, type Terminal } from '../../cli/terminal.ts';
import { fakeConnection, fakeVm } from '../../fakes/resources.ts';
import { requireLab } from '../lab.ts';
import { ask, empty, serverOf, visitor } from './desk.ts';
import type { Neo4jLab } from './neo4jLab.ts';

describe('pilothouse neo4j with a server', () => {
  let lab: Neo4jLab;
  let terminal: Terminal;
  before(async function () {
    lab = await requireLab('neo4j', this);
  });
  beforeEach(async () => {
    await empty(lab);
    terminal = await openTerminal();
    terminal.services.setConnections([fakeConnection()]);
    terminal.services.put([fakeVm('web-1'), fakeVm('db-1')]);
    terminal.services.neo4j.configure(serverOf(lab), lab.password, visitor.actor);
  });
  afterEach(closeTerminals);
  after(async () => {
    if (lab) await empty(lab);
  });
  const count = () => ask(lab, 'MATCH (n) RETURN count(n)');

  it('exports after a yes and leaves it after anything else', async () => {
    assert.equal((await terminal.run(['neo4j', 'try'])).out, 'It answers: Neo4j/3.1.1, not encrypted\n');
    const nobody = await terminal.run(['neo4j', 'export']);
    assert.equal(nobody.code, 2);
    const no = await terminal.run(['neo4j', 'export'], { answers: ['maybe'] });
    assert.match(no.err, /Writes 2 resources and 0 relations.*\n.*\nThe line to the server is not encrypted/);
    assert.deepEqual([no.code, await count()], [4, [[0]]]);
    const yes = await terminal.run(['neo4j', 'export'], { answers: ['y'] });
    assert.equal(yes.out, 'Exported 2 resources and 0 relations, removed 0.\n');
    assert.deepEqual(await count(), [[2]]);
    const { out } = await terminal.run(['neo4j', 'query', 'MATCH (v:vm) RETURN v ORDER BY v.name']);
    assert.equal(out, 'v\ndb-1 (lab:vm/db-1)\nweb-1 (lab:vm/web-1)\n');
  });

  it('takes --yes for writing and never for removing', async () => {
    assert.equal((await terminal.run(['neo4j', 'export', '--yes'])).code, 0);
    terminal.services.remove(['lab:vm/db-1']);
    const flagged = await terminal.run(['neo4j', 'export', '--yes']);
    assert.match(flagged.err, /--yes does not approve what removes/);
    assert.deepEqual([flagged.code, await count()], [2, [[2]]]);
    assert.equal((await terminal.run(['neo4j', 'export'], { answers: ['yes'] })).code, 0);
    assert.deepEqual(await ask(lab, 'MATCH (n) RETURN n.name'), [['web-1']]);
  });
});

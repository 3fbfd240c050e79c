// Exports to a real Neo4j: what arrives, that twice is once, that what is gone goes and what others wrote stays, and
// that an export that was cut off is completed by the next.

import assert from 'node:assert/strict';
import { troubleWithNeo4jUrl } from '../../../shared/model/neo4j.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import { bigEstate } from '../../fakes/bigEstate.ts';
import { fakeVm } from '../../fakes/resources.ts';
import { removeTempFolders } from '../../fakes/tempFolder.ts';
import { requireLab } from '../lab.ts';
import { ask, askOne, empty, ignore, never, openSetting, type Setting, visitor } from './desk.ts';
import type { Neo4jLab } from './neo4jLab.ts';

const web = fakeVm('web-1', {
  tags: { env: 'dev', 'app.kubernetes.io/name': "o'web" },
  attributes: {
    cores: 4,
    load: 0.5,
    ports: [80, 443],
    mixed: [1, 2.5],
    disks: [{ size_gb: 10 }],
    none: null,
  },
});
const db = fakeVm('db-1');
const data = fakeVm('data', { id: 'lab:volume/data', kind: 'volume' });
const attached = { from: data.id, type: 'ATTACHED_TO', to: db.id } as const;

describe('an export to Neo4j', () => {
  let lab: Neo4jLab;
  let setting: Setting;
  before(async function () {
    lab = await requireLab('neo4j', this);
  });
  beforeEach(async () => {
    await empty(lab);
    setting = openSetting(lab);
    setting.put([web, db, data], [attached]);
  });
  after(async () => {
    if (lab) await empty(lab);
    removeTempFolders();
  });

  it('writes each resource with its kind as label, and each relation with its type', async () => {
    const result = await setting.export();
    assert.deepEqual(
      { ...result, elapsedMs: 0, batches: 0 },
      {
        resources: 3,
        relations: 1,
        removedResources: 0,
        removedRelations: 0,
        kept: 0,
        batches: 0,
        elapsedMs: 0,
      },
    );
    const vm = await askOne(lab, "MATCH (n:vm {name: 'web-1'}) RETURN n");
    const { pilothouseKey, pilothouseExport, pilothouseRun, ...rest } = vm as Record<string, unknown>;
    assert.deepEqual(rest, {
      labels: ['PilothouseResource', 'vm'],
      id: 'lab:vm/web-1',
      connection: 'lab',
      provider: 'sandbox',
      kind: 'vm',
      name: 'web-1',
      status: 'running',
      health: 'ok',
      cores: 4,
      load: 0.5,
      ports: [80, 443],
      mixed: '[1,2.5]',
      disks: '[{"size_gb":10}]',
      'tags.env': 'dev',
      'tags.app.kubernetes.io/name': "o'web",
    });
    assert.equal(pilothouseKey, `${String(pilothouseExport)} lab:vm/web-1`);
    assert.ok(pilothouseRun);
    const rows = await ask(lab, 'MATCH (a:volume)-[r:ATTACHED_TO]->(b:vm) RETURN a.name, b.name');
    assert.deepEqual(rows, [['data', 'db-1']]);
  });

  it('does nothing new when it is done twice, and writes what changed', async () => {
    await setting.export();
    setting.put([{ ...db, status: 'stopped', attributes: {} }]);
    const result = await setting.export();
    assert.deepEqual([result.resources, result.relations, result.removedRelations], [3, 1, 0]);
    assert.deepEqual(await ask(lab, 'MATCH (n) RETURN count(n)'), [[3]]);
    assert.deepEqual(await ask(lab, 'MATCH ()-[r]->() RETURN count(r)'), [[1]]);
    assert.deepEqual(await ask(lab, "MATCH (n {name: 'db-1'}) RETURN n.status, n.flavor"), [
      ['stopped', null],
    ]);
  });

  it('keeps ids apart by a constraint', async () => {
    await setting.export();
    await assert.rejects(
      ask(
        lab,
        'MATCH (n:PilothouseResource) WITH n LIMIT 1 CREATE (:PilothouseResource {pilothouseKey: n.pilothouseKey})',
      ),
      /already exists/,
    );
  });

  it('says what goes before it goes, and removes it', async () => {
    await setting.export();
    setting.remove([data.id]);
    const proposal = await setting.desk.propose(visitor, never);
    assert.deepEqual(proposal.removes, [{ connection: 'lab', count: 1, isConfigured: true }]);
    assert.deepEqual([proposal.written, proposal.foreign, proposal.resources], [3, 0, 2]);
    assert.match(proposal.effect.join('\n'), /Removes 1 of them.*1 of lab/);
    assert.deepEqual(await ask(lab, 'MATCH (n) RETURN count(n)'), [[3]], 'a proposal writes nothing');
    const result = await setting.desk.export(proposal.id, visitor, ignore, never);
    assert.deepEqual([result.removedResources, result.removedRelations, result.kept], [1, 1, 0]);
    assert.deepEqual(await ask(lab, 'MATCH (n) RETURN n.name ORDER BY n.name'), [['db-1'], ['web-1']]);
  });

  it('removes nothing that went after the person was asked', async () => {
    await setting.export();
    const proposal = await setting.desk.propose(visitor, never);
    setting.remove([data.id]);
    const result = await setting.desk.export(proposal.id, visitor, ignore, never);
    assert.equal(result.removedResources, 0);
    assert.deepEqual(await ask(lab, 'MATCH (n:volume) RETURN count(n)'), [[1]]);
  });

  it('never touches what others wrote: nodes, relations, labels, another copy', async () => {
    await ask(
      lab,
      `CREATE (:vm {id: '${web.id}', name: 'theirs'}), (:PilothouseResource {pilothouseKey: 'x', pilothouseExport: 'other', id: '${web.id}'})`,
    );
    await setting.export();
    await ask(lab, 'MATCH (n:volume) CREATE (:Ticket {nr: 7})-[:ABOUT]->(n)');
    setting.remove([data.id, web.id]);
    const result = await setting.export();
    assert.deepEqual([result.removedResources, result.removedRelations, result.kept], [1, 1, 1]);
    assert.deepEqual(await ask(lab, 'MATCH (:Ticket)-[:ABOUT]->(n) RETURN n.name'), [['data']]);
    assert.deepEqual(await ask(lab, "MATCH (n {name: 'theirs'}) RETURN labels(n)"), [[['vm']]]);
    assert.deepEqual(await ask(lab, "MATCH (n {pilothouseExport: 'other'}) RETURN n.id"), [[web.id]]);
    const proposal = await setting.desk.propose(visitor, never);
    assert.equal(proposal.foreign, 3);
  });

  it('keeps two copies in one database apart', async () => {
    const second = openSetting(lab);
    second.put([web]);
    await setting.export();
    await second.export();
    second.remove([web.id]);
    await second.export();
    assert.deepEqual(await ask(lab, 'MATCH (n) RETURN count(n)'), [[3]]);
  });

  it('is one yes to one proposal of one session, and writes the audit before and after', async () => {
    const { id } = await setting.desk.propose(visitor, never);
    const other = { ...visitor, session: 's2' };
    await rejects(setting.desk.export(id, other, ignore, never), 'approval-expired');
    const again = await setting.desk.propose(visitor, never);
    await setting.desk.export(again.id, visitor, ignore, never);
    await rejects(setting.desk.export(again.id, visitor, ignore, never), 'approval-expired');
    const events = setting.audited.map(({ event, outcome }) => [event, outcome]);
    assert.deepEqual(events, [
      ['graph.configured', undefined],
      ['graph.exporting', undefined],
      ['graph.exported', 'done'],
    ]);
    assert.ok(!JSON.stringify(setting.audited).includes(lab.password));
  });

  it('is stopped between batches, and completed by the next', async function () {
    this.timeout(120_000);
    const estate = bigEstate(700);
    setting.graph.apply(
      'big',
      { name: 'all', kinds: [...new Set(estate.resources.map(({ kind }) => kind))] },
      { mode: 'changes', resources: estate.resources, removed: [], relations: estate.relations },
    );
    const { id } = await setting.desk.propose(visitor, never);
    const stop = new AbortController();
    const told: number[] = [];
    const tell = (_message: string, fraction: number) => {
      told.push(fraction);
      if (told.length === 2) stop.abort();
    };
    await assert.rejects(setting.desk.export(id, visitor, tell, stop.signal), { name: 'AbortError' });
    assert.equal(setting.audited.at(-1)?.outcome, 'stopped by the person');
    assert.equal(setting.desk.status.isExporting, false);
    const count = await askOne(lab, 'MATCH (n:PilothouseResource) RETURN count(n)');
    assert.ok(Number(count) > 0 && Number(count) < 700, `${String(count)} were written`);
    const result = await setting.export();
    const nodes = setting.graph.size;
    const edges = [...setting.graph.all()].reduce(
      (sum, one) => sum + setting.graph.relationsOut(one.id).length,
      0,
    );
    assert.equal(result.resources, nodes);
    assert.deepEqual(await ask(lab, 'MATCH (n:PilothouseResource) RETURN count(n)'), [[nodes]]);
    assert.deepEqual(await ask(lab, 'MATCH ()-[r]->() RETURN count(r)'), [[edges]]);
  });

  it('takes an address of Bolt and no other', () => {
    for (const url of ['bolt://db:7687', 'neo4j+s://x.databases.neo4j.io', 'bolt+ssc://[::1]:7687'])
      assert.equal(troubleWithNeo4jUrl(url), undefined, url);
    for (const url of ['http://db:7474', 'bolt://user:secret@db', 'bolt://db/x', 'db:7687', 'bolt://'])
      assert.ok(troubleWithNeo4jUrl(url), url);
  });
});

async function rejects(promise: Promise<unknown>, code: string): Promise<void> {
  await assert.rejects(promise, (error) => error instanceof ProblemError && error.problem.code === code);
}

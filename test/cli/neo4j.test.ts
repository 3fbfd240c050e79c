// `pilothouse neo4j …` as far as it needs no server: naming one, what is missing, and what is wrong.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { closeTerminals, openTerminal } from './terminal.ts';

describe('pilothouse neo4j', () => {
  afterEach(closeTerminals);

  it('says that none is set, names one, and forgets it', async () => {
    const { run } = await openTerminal();
    assert.equal((await run(['neo4j'])).out, 'No Neo4j server is set.\n');
    const set = await run([
      'neo4j',
      'set',
      '--url',
      'bolt://db:7687',
      '--user',
      'ops',
      '--database',
      'estate',
    ]);
    assert.equal(set.out, 'bolt://db:7687, database estate, as ops\n');
    assert.match(set.err, /PILOTHOUSE_NEO4J_PASSWORD/);
    const { json } = await run(['neo4j', 'status', '--json']);
    assert.deepEqual(json().server, { url: 'bolt://db:7687', user: 'ops', database: 'estate' });
    assert.equal((await run(['neo4j', 'remove'])).out, 'No Neo4j server is set.\n');
  });

  it('asks no server whose password it was not given', async () => {
    const { run } = await openTerminal();
    await run(['neo4j', 'set', '--url', 'bolt://127.0.0.1:1', '--user', 'ops']);
    for (const words of [['query', 'RETURN 1'], ['export', '--yes'], ['try']]) {
      const ran = await run(['neo4j', ...words]);
      assert.notEqual(ran.code, 0);
      assert.match(ran.err, /The password of ops at bolt:\/\/127\.0\.0\.1:1 is not known/);
    }
  });

  it('takes no address that is not of Bolt, and nothing half said', async () => {
    const { run } = await openTerminal();
    const web = await run(['neo4j', 'set', '--url', 'http://db:7474', '--user', 'ops']);
    assert.equal(web.code, 64);
    assert.match(web.err, /no address of Bolt/);
    assert.equal((await run(['neo4j', 'set', '--url', 'bolt://db'])).code, 64);
    assert.equal((await run(['neo4j', 'query'])).code, 64);
    assert.equal((await run(['neo4j', 'wipe'])).code, 64);
  });

  it('never writes a password', async () => {
    const { services, stateFolder } = await openTerminal();
    const actor = { user: 'tester', client: 'test', how: 'terminal' } as const;
    services.neo4j.configure({ url: 'bolt://db', user: 'ops' }, 'hunter2', actor);
    assert.equal(services.neo4j.status.hasPassword, true);
    const kept = readFileSync(path.join(stateFolder, 'neo4j.json'), 'utf8');
    assert.ok(!`${kept}${JSON.stringify(services.audited)}${services.logged.join()}`.includes('hunter2'));
    assert.deepEqual(
      services.neo4j.configure({ url: 'bolt://other', user: 'ops' }, undefined, actor).hasPassword,
      false,
    );
  });
});

// The audit log of a real API server: what was refused, changed and read becomes activities, each once, over renames of
// the file; a stranger who tries to read secrets becomes a finding with its evidence; the routine of a service account
// does not; the content of secrets, which stands in the log, gets nowhere.

import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Activity, ActivityLog } from '../../../daemon/executors/contract.ts';
import type { Finding } from '../../../shared/model/finding.ts';
import { problemOf } from '../../../shared/model/problem.ts';
import { removeTempFolders, tempFolder } from '../../fakes/tempFolder.ts';
import { openThreatsOver, since, after as toldAfter, weeksUntil } from '../../threat/overLog.ts';
import { requireLab } from '../lab.ts';
import { type Home, kubeconfigOf, makeHome, openNamespace } from './connections.ts';
import { createApi, type KubernetesApi } from './kubernetesApi.ts';
import type { KubernetesLab } from './kubernetesLab.ts';

const minuteMs = 60_000;

describe('the audit log of an API server', function () {
  this.timeout(120_000);
  const space = `audit-${process.pid}`;
  const secrets = `/api/v1/namespaces/${space}/secrets`;
  let lab: KubernetesLab;
  let home: Home;
  let stranger: KubernetesApi;
  let closeNamespace: (() => Promise<void>) | undefined;

  before(async function () {
    lab = await requireLab('kubernetes', this);
    // Brought up before its server wrote one; a new one does.
    if (lab.auditLog === undefined) this.skip();
    closeNamespace = await openNamespace(lab, space);
    stranger = createApi(lab.server, lab.certificate, lab.tokens.limited);
    home = await makeHome(lab, [{ name: 'watched' }, { name: 'managed' }]);
    nameLog(lab.auditLog);
  });
  afterEach(removeTempFolders);
  after(async () => {
    await home?.dispose();
    await closeNamespace?.();
  });

  /** Writes into the kubeconfig where the log of one of the two clusters is. */
  function nameLog(auditLog: string): void {
    const config = JSON.parse(kubeconfigOf(lab, [{ name: 'watched' }, { name: 'managed' }])) as {
      readonly clusters: readonly { readonly cluster: Record<string, unknown> }[];
    };
    config.clusters[0]!.cluster.extensions = [{ name: 'pilothouse', extension: { auditLog } }];
    writeFileSync(home.kubeconfig, JSON.stringify(config));
  }
  async function logOf(name: string): Promise<ActivityLog> {
    return (await home.open(name)).activityLog!;
  }
  function reader(log: ActivityLog, fromMs: number) {
    let cursor: string | undefined;
    return async (): Promise<readonly Activity[]> => {
      const all: Activity[] = [];
      for (;;) {
        const before = cursor === undefined ? {} : { cursor };
        const signal = AbortSignal.timeout(30_000);
        const read = await log.read({ resources: [], sinceMs: fromMs, ...before, signal });
        cursor = read.cursor;
        all.push(...read.activities.filter(({ atMs }) => atMs >= fromMs));
        if (!read.more) return all;
      }
    };
  }
  /** The server writes a line a moment after its answer. */
  async function seenIn(
    look: () => Promise<readonly Activity[]>,
    isIt: (one: Activity) => boolean,
    count = 1,
  ) {
    const deadlineMs = Date.now() + minuteMs;
    const seen: Activity[] = [];
    while (seen.filter(isIt).length < count) {
      assert.ok(Date.now() < deadlineMs, JSON.stringify(seen.slice(-5)));
      await sleep(50);
      seen.push(...(await look()));
    }
    return seen.filter(isIt);
  }

  it('tells what was made, changed and deleted, by whom and from where, once', async () => {
    const look = reader(await logOf('watched'), Date.now());
    await look();
    const configs = `/api/v1/namespaces/${space}/configmaps`;
    await lab.api.create(configs, { metadata: { name: 'colours' } });
    await lab.api.remove(`${configs}/colours`);
    const isOurs = ({ target }: Activity) => target === `k8s-watched:configmap/${space}/colours`;
    const told = await seenIn(look, (one) => isOurs(one) && one.does === 'destroy');
    assert.deepEqual(
      told.map(({ principal, verb, outcome, address }) => [principal, verb, outcome, address]),
      [['admin', 'delete configmaps', 'done', '127.0.0.1']],
    );
    assert.deepEqual((await look()).filter(isOurs), []);
  });

  it('tells who is not let in at all by the address', async () => {
    const look = reader(await logOf('watched'), Date.now());
    await look();
    const { status } = await createApi(lab.server, lab.certificate, 'no-such-token').request('GET', secrets);
    assert.equal(status, 401);
    const [refused] = await seenIn(look, ({ verb }) => verb === 'authenticate');
    const { principal, does, outcome } = refused!;
    assert.deepEqual([principal, does, outcome], ['127.0.0.1', 'sign-in', 'refused']);
  });

  it('loses nothing and says nothing twice when the server renames the file', async () => {
    const fromMs = Date.now();
    const look = reader(await logOf('watched'), fromMs);
    const files = () =>
      readdirSync(lab.logFolder)
        .filter((name) => /^audit-.*\.log$/.test(name))
        .sort();
    const before = files().at(-1);
    // Each stands twice in its line, and the file is renamed after five megabytes.
    const data = { blob: randomBytes(300_000).toString('base64') };
    let count = 0;
    await look();
    const told: Activity[] = [];
    const ours = new RegExp(`:secret/${space}/(big-[0-9]+|last)$`);
    const isOurs = ({ verb, target = '' }: Activity) => verb === 'create secrets' && ours.test(target);
    while (files().at(-1) === before || count < 4) {
      assert.ok(count < 40, 'it is never renamed');
      await lab.api.create(secrets, { metadata: { name: `big-${count++}` }, data });
      if (count % 5 === 2) told.push(...(await look()).filter(isOurs));
    }
    await lab.api.create(secrets, { metadata: { name: 'last' } });
    count++;
    if (told.length < count) told.push(...(await seenIn(look, isOurs, count - told.length)));
    assert.equal(new Set(told.map(({ id }) => id)).size, count);
    assert.equal(told.length, count);
  });

  it('finds a stranger who tries to read secrets, shows which records say so, and keeps no content', async () => {
    const canary = `canary-${randomUUID()}`;
    const fromMs = Date.now();
    const threats = openThreatsOver({
      connection: 'k8s-watched',
      activityLog: toldAfter(weeksUntil(3_600_000), since(fromMs, await logOf('watched'))),
    });
    // Others work on the cluster at the same time, and some of that may be worth a word.
    const lookAtStranger = async () =>
      (await threats.look()).filter(({ resource }) => resource.endsWith('/limited'));
    assert.deepEqual(
      (await lookAtStranger()).map(({ title, reasons }) => [title, ...reasons]),
      [],
    );
    await lab.api.create(secrets, { metadata: { name: 'db' }, stringData: { password: canary } });
    for (let i = 0; i < 4; i++)
      for (const wish of [secrets, `${secrets}/db`, `/api/v1/secrets?fieldSelector=${canary}`])
        assert.equal((await stranger.request('GET', wish)).status, 403);
    const deadlineMs = Date.now() + minuteMs;
    let finding: Finding | undefined;
    while (!finding) {
      assert.ok(Date.now() < deadlineMs, 'it is not found');
      await sleep(100);
      finding = (await lookAtStranger()).find(({ title }) => title.includes('12'));
    }
    assert.equal(finding.resource, 'k8s-watched:principal/limited');
    assert.match(
      finding.title,
      /1[0-2] attempts of limited were refused within ten minutes \(audit log of k8s-watched\)/,
    );
    const said = finding.reasons.join('\n');
    assert.match(said, /Never seen before: limited \(who\)/);
    assert.match(said, /Evidence: audit [0-9a-f-]{36} at .* list secrets .*\(refused, from 127\.0\.0\.1\)/);
    await threats.dispose();
    const text = readFileSync(lab.auditLog!, 'utf8');
    assert.ok(text.includes(Buffer.from(canary).toString('base64')), 'the content stands in the log');
    assert.ok(!said.includes(canary));
    for (const name of readdirSync(threats.folder)) {
      const bytes = readFileSync(path.join(threats.folder, name));
      assert.ok(!bytes.includes(canary) && !bytes.includes(Buffer.from(canary).toString('base64')), name);
    }
  });

  it('says plainly where no log is named, may not be read or is not there', async () => {
    const problemWith = async (name: string) => {
      const read = (await logOf(name)).read({
        resources: [],
        sinceMs: 0,
        signal: AbortSignal.timeout(5_000),
      });
      return problemOf(
        await read.then(
          () => assert.fail('it was read'),
          (error) => error,
        ),
      );
    };
    assert.match((await problemWith('managed')).message, /names no audit log .* a managed cluster has none/);
    nameLog(path.join(tempFolder(), 'nothing.log'));
    assert.match((await problemWith('watched')).message, /nothing\.log cannot be read \(ENOENT\)/);
    nameLog('audit.log');
    assert.match((await problemWith('watched')).message, /is no absolute path/);
    nameLog(lab.auditLog!);
  });
});

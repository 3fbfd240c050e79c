// What the kernel, the engines and systemd write, read word by word.

import assert from 'node:assert/strict';
import { lastLines, unframe } from '../../../daemon/executors/local/containers/logs.ts';
import { figuresOf } from '../../../daemon/executors/local/containers/stats.ts';
import { containerResource } from '../../../daemon/executors/local/containers/translate.ts';
import { createHistory } from '../../../daemon/executors/local/history.ts';
import { parseSockets } from '../../../daemon/executors/local/host/listeners.ts';
import {
  parseCpuTimes,
  parseDiskOperations,
  parseLoad,
  parseMemoryPercent,
  parseMounts,
  parseNetworkBytes,
} from '../../../daemon/executors/local/host/procFigures.ts';
import { parseProcessStat } from '../../../daemon/executors/local/processes/readProcesses.ts';
import { parseUnits, unitResource } from '../../../daemon/executors/local/units/systemctl.ts';

describe('figures of /proc', () => {
  it('counts waiting for disks as idle, and guests once', () =>
    assert.deepEqual(parseCpuTimes('cpu  100 20 30 800 50 5 5 10 40 0\ncpu0 1 1 1 1\n'), {
      busy: 170,
      total: 1020,
    }));
  it('says nothing of what is not there', () => {
    assert.equal(parseCpuTimes('intr 5'), undefined);
    assert.equal(parseMemoryPercent('MemFree: 5 kB'), undefined);
    assert.equal(parseLoad(''), undefined);
  });
  it('takes for used what is not available', () =>
    assert.equal(
      parseMemoryPercent('MemTotal:       1000 kB\nMemFree:  100 kB\nMemAvailable:    250 kB\n'),
      75,
    ));
  it('leaves loopback out', () =>
    assert.equal(
      parseNetworkBytes(
        'Inter-|   Receive\n face |bytes\n    lo: 900 0 0 0 0 0 0 0 900 0\n  eth0: 1000 1 0 0 0 0 0 0 500 2\n',
      ),
      1500,
    ));
  it('counts whole disks, not their partitions', () =>
    assert.equal(
      parseDiskOperations(
        '   8 0 sda 100 0 0 0 50 0 0 0\n   8 1 sda1 90 0 0 0 40 0 0 0\n 259 0 nvme0n1 7 0 0 0 3 0 0 0\n   7 0 loop0 9 0 0 0 9 0 0 0\n',
      ),
      160,
    ));
  it('finds the file systems that hold data, each once', () =>
    assert.deepEqual(
      parseMounts(
        'overlay / overlay rw 0 0\nproc /proc proc rw 0 0\n/dev/sda1 /data ext4 rw 0 0\n/dev/sda1 /mnt/again ext4 rw 0 0\n/dev/sdb /my\\040disk xfs rw 0 0\n',
      ),
      ['/', '/data', '/my disk'],
    ));
  it('reads a process whose name is made to mislead', () =>
    assert.deepEqual(
      parseProcessStat(
        '42 (a) R 1 (b)) S 7 42 42 0 -1 4194304 100 0 0 0 11 5 0 0 20 -5 1 0 9000 1000000 300 18446744073709551615',
      ),
      {
        pid: 42,
        name: 'a) R 1 (b)',
        state: 'S',
        parent: 7,
        cpuTicks: 16,
        nice: -5,
        startTicks: 9000,
        rssPages: 300,
      },
    ));
  it('finds who listens, in the byte order of the machine', () => {
    const table = [
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
      '   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1',
      '   1: 0100007F:1F91 0100007F:1F90 01 00000000:00000000 00:00000000 00000000     0        0 112 1',
    ].join('\n');
    assert.deepEqual(parseSockets(table, 'tcp'), [
      { protocol: 'tcp', address: '127.0.0.1', port: 8080, inode: '111' },
    ]);
    const six =
      'head\n   0: 00000000000000000000000000000000:0016 00000000000000000000000000000000:0000 0A 0:0 0:0 0 0 0 7';
    assert.equal(parseSockets(six, 'tcp')[0]?.address, '::');
    const loopback =
      'head\n   0: 00000000000000000000000001000000:0016 00000000000000000000000000000000:0000 0A 0:0 0:0 0 0 0 7';
    assert.equal(parseSockets(loopback, 'tcp')[0]?.address, '::1');
  });
});

describe('the short memory of figures', () => {
  it('keeps the newest, in order, and answers for a range', () => {
    const history = createHistory(() => 3);
    for (const at of [1, 2, 3, 4, 4, 2]) history.add('a', 'cpu', at, at * 10);
    history.add('a', 'cpu', 5, Number.NaN);
    assert.deepEqual(history.points('a', 'cpu', 0, 9), [
      [2, 20],
      [3, 30],
      [4, 40],
    ]);
    assert.deepEqual(history.points('a', 'cpu', 3, 3), [[3, 30]]);
    assert.deepEqual(history.latest('a', 'memory'), undefined);
  });
});

describe('what a container engine says', () => {
  const frame = (stream: number, text: string): Buffer => {
    const head = Buffer.alloc(8);
    head[0] = stream;
    head.writeUInt32BE(Buffer.byteLength(text), 4);
    return Buffer.concat([head, Buffer.from(text)]);
  };
  it('takes the frames out of a log, and leaves a terminal as it is', () => {
    assert.equal(unframe(Buffer.concat([frame(1, 'out\n'), frame(2, 'err\n')])), 'out\nerr\n');
    assert.equal(unframe(Buffer.from('plain\ntext\n')), 'plain\ntext\n');
    assert.equal(unframe(Buffer.alloc(0)), '');
  });
  it('gives the last lines that fit', () => {
    assert.deepEqual(lastLines('a 1\nb\na 2\na 3\n', 2, 'a'), { text: 'a 2\na 3\n', truncated: true });
    assert.deepEqual(lastLines('a\r\n', 5), { text: 'a\n', truncated: false });
  });
  it('measures as docker stats does', () => {
    const { figures, networkBytes } = figuresOf(
      {
        cpu_stats: { cpu_usage: { total_usage: 3_000 }, system_cpu_usage: 20_000, online_cpus: 4 },
        precpu_stats: { cpu_usage: { total_usage: 1_000 }, system_cpu_usage: 10_000 },
        memory_stats: { usage: 300, limit: 1_000, stats: { inactive_file: 100 } },
        networks: { eth0: { rx_bytes: 5, tx_bytes: 6 } },
      },
      1,
      2,
    );
    assert.deepEqual(figures, [
      { metric: 'cpu', value: 40 },
      { metric: 'memory', value: 20 },
    ]);
    assert.equal(networkBytes, 11);
  });
  it('gives no processor figure after one look only', () =>
    assert.deepEqual(figuresOf({ cpu_stats: { cpu_usage: { total_usage: 3 } } }, 1).figures, []));

  const record = (state: object, more: object = {}) =>
    containerResource('local', '/run/x.sock', {
      Id: 'abc',
      Name: '/web',
      State: { Status: 'running', ...state },
      Config: { Image: 'shop/web:2', Labels: { app: 'web' }, Cmd: ['run', '--password=hunter22'] },
      ...more,
    });
  it('tells a container that was stopped from one that failed', () => {
    const ended = (code: number) =>
      record({ Status: 'exited', ExitCode: code, StartedAt: '2026-01-01T00:00:00Z' }).status;
    assert.deepEqual([0, 137, 143, 1, 127].map(ended), ['stopped', 'stopped', 'stopped', 'failed', 'failed']);
    assert.equal(
      record({ Status: 'created', ExitCode: 127, StartedAt: '0001-01-01T00:00:00Z' }).status,
      'stopped',
    );
  });
  it('shows limits, ports and health, and no secret of the command line', () => {
    const web = record(
      { Health: { Status: 'unhealthy' } },
      {
        HostConfig: { Memory: 512 * 1024 ** 2, NanoCpus: 1.5e9 },
        NetworkSettings: { Ports: { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: '8080' }], '9/tcp': null } },
      },
    );
    assert.equal(web.health, 'warning');
    assert.deepEqual(web.tags, { app: 'web' });
    const { ram_gb: ramGb, cpus, ports, command } = web.attributes;
    assert.deepEqual([ramGb, cpus, ports], [0.5, 1.5, ['8080 to 80/tcp', '9/tcp']]);
    assert.ok(!String(command).includes('hunter22'));
  });
});

describe('what systemctl says', () => {
  it('lists loaded services, each with a shared word for its state', () => {
    const units = parseUnits(
      JSON.stringify([
        { unit: 'ssh.service', load: 'loaded', active: 'active', sub: 'running', description: 'OpenSSH' },
        { unit: 'once.service', load: 'loaded', active: 'active', sub: 'exited', description: 'Once' },
        { unit: 'bad.service', load: 'loaded', active: 'failed', sub: 'failed', description: 'Bad' },
        { unit: 'gone.service', load: 'not-found', active: 'inactive', sub: 'dead', description: '' },
      ]),
    );
    assert.deepEqual(
      units.map((unit) => {
        const { name, status, health } = unitResource('local', unit);
        return [name, status, health];
      }),
      [
        ['ssh.service', 'running', 'ok'],
        ['once.service', 'completed', 'ok'],
        ['bad.service', 'failed', 'error'],
      ],
    );
    assert.deepEqual(parseUnits(''), []);
  });
});

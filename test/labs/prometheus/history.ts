// The past that a server which was started a moment ago does not have: two hours of a quiet host, as the text that
// promtool makes blocks of. It ends half a minute before now, where the real exporter goes on; its counters end where
// the exporter's are, so that they do not jump. Written to stdout.

import os from 'node:os';

const stepSeconds = 4;
const hours = 2;
const now = Math.floor(Date.now() / 1000);
const from = now - hours * 3_600;
const instance = 'instance="127.0.0.1:19100",job="node"';

/** The same noise at each start: the tests that follow do not depend on luck. */
let seed = 20_261_121;
function noise(): number {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32 - 0.5;
}

function family(name: string, type: string, lines: readonly string[]): void {
  process.stdout.write(`# TYPE ${name} ${type}\n${lines.join('\n')}\n`);
}

const times = Array.from(
  { length: Math.floor((now - 30 - from) / stepSeconds) },
  (_, i) => from + i * stepSeconds,
);

/** Processors that are 12 to 20 % busy, counted backwards from what the kernel has counted until now. */
function cpuLines(): readonly string[] {
  return os.cpus().flatMap(({ times: counted }, cpu) => {
    let idle = counted.idle / 1000;
    let user = counted.user / 1000;
    const rows = times.toReversed().map((at) => {
      const busy = 0.16 + 0.08 * noise();
      idle -= stepSeconds * (1 - busy);
      user -= stepSeconds * busy;
      return { at, idle, user };
    });
    return (['idle', 'user'] as const).flatMap((mode) =>
      rows
        .toReversed()
        .map(
          (row) =>
            `node_cpu_seconds_total{${instance},cpu="${cpu}",mode="${mode}"} ${row[mode].toFixed(2)} ${row.at}`,
        ),
    );
  });
}

function gauge(name: string, labels: string, value: () => number): void {
  family(
    name,
    'gauge',
    times.map((at) => `${name}{${instance}${labels}} ${value()} ${at}`),
  );
}

family('node_cpu_seconds', 'counter', cpuLines());
gauge('node_memory_MemTotal_bytes', '', () => os.totalmem());
gauge('node_memory_MemAvailable_bytes', '', () => Math.round(os.freemem() * (0.9 + 0.02 * noise())));
process.stdout.write('# EOF\n');

// `metrics`: where figures come from, how each source fares, what is kept, and the Prometheus servers a person names. A
// secret is never typed here: its place is named.

import type { PrometheusAuth, PrometheusServer, WatchStatus } from '../../../shared/model/metricSettings.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import { type Command, type CommandContext, jsonOption, printJson } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import { style } from '../output.ts';

export const metrics: Command = {
  name: 'metrics',
  usage: '[add|remove NAME]',
  doc: 'Shows where metrics come from and how each source fares; adds or removes a Prometheus server.',
  options: {
    url: { type: 'string', value: 'URL', doc: 'Address of the server (add).' },
    'token-env': {
      type: 'string',
      value: 'NAME',
      doc: 'Environment variable of the daemon with a token (add).',
    },
    'token-file': { type: 'string', value: 'FILE', doc: 'File with a token (add).' },
    user: { type: 'string', value: 'NAME', doc: 'User, with one of the two below (add).' },
    'password-env': { type: 'string', value: 'NAME', doc: 'Environment variable with the password (add).' },
    'password-file': { type: 'string', value: 'FILE', doc: 'File with the password (add).' },
    ca: { type: 'string', value: 'FILE', doc: 'Certificate of the authority of the server (add).' },
    interval: { type: 'string', value: 'SECONDS', doc: 'Time between two samplings, default 15 (add).' },
    ...jsonOption,
  },
  async run({ io, words, options, connect }) {
    const [verb, name] = words;
    const session = await connect();
    let found = await session.request('watch/status');
    if (verb !== undefined) {
      if (name === undefined || (verb !== 'add' && verb !== 'remove')) throw unclear();
      const others = found.settings.prometheus.filter((server) => server.name !== name);
      if (verb === 'remove' && others.length === found.settings.prometheus.length)
        throw new ProblemError({
          code: 'not-found',
          message: `There is no Prometheus server "${name}" in the settings.`,
          fix: 'See which there are: pilothouse metrics',
        });
      const prometheus = verb === 'add' ? [...others, serverOf(name, options)] : others;
      found = await session.request('watch/configure', {
        settings: { prometheus: [...prometheus] as never },
      });
    }
    if (options.json === true) printJson(io, found);
    else show(found, (line) => io.print(line));
    return exitCodes.done;
  },
};

function serverOf(name: string, options: CommandContext['options']): PrometheusServer {
  const text = (key: string): string | undefined =>
    typeof options[key] === 'string' ? options[key] : undefined;
  const url = text('url');
  if (url === undefined) throw unclear();
  const auth = authOf(text);
  const ca = text('ca');
  const interval = text('interval');
  return {
    name,
    url,
    ...(auth && { auth }),
    ...(ca !== undefined && { tls: { caFile: ca } }),
    ...(interval !== undefined && { intervalSeconds: Number(interval) }),
  };
}

function authOf(text: (key: string) => string | undefined): PrometheusAuth | undefined {
  const place = (what: string) => {
    const [env, file] = [text(`${what}-env`), text(`${what}-file`)];
    return env !== undefined ? { env } : file !== undefined ? { file } : undefined;
  };
  const [token, password, user] = [place('token'), place('password'), text('user')];
  if (token) return { kind: 'bearer', token };
  if (user === undefined) return undefined;
  if (!password) throw unclear();
  return { kind: 'basic', user, password };
}

function show({ sources, settings, store, openIncidents }: WatchStatus, print: (line: string) => void): void {
  for (const one of sources) {
    const paint = one.state === 'ok' ? style.green : one.state === 'failing' ? style.red : style.yellow;
    print(
      `${paint(one.state)}  ${one.connection}/${one.source}  ${one.series} series, every ${one.intervalMs / 1_000} s`,
    );
    for (const problem of one.problems) print(`  ${style.yellow(problem)}`);
    const left = Object.entries(one.leftOut).map(([reason, count]) => `${count} ${reason}`);
    if (left.length > 0) print(style.dim(`  left out: ${left.join(', ')}`));
  }
  if (sources.length === 0) print('No connection measures anything.');
  for (const { name, url } of settings.prometheus) print(style.dim(`Prometheus server ${name} at ${url}`));
  print(
    style.dim(
      `${store.series} series in ${(store.bytes / 1e6).toFixed(1)} of ${store.bytesMax / 1e6} MB, ${openIncidents} open incidents`,
    ),
  );
}

function unclear(): ProblemError {
  return new ProblemError({
    code: 'bad-input',
    message: 'It is not clear what to do with metrics.',
    fix: 'For example: pilothouse metrics add prod --url https://prometheus.example:9090 --token-file ~/.token',
  });
}

// What a person types for a Prometheus server, checked while they type, and how a server reads in a list. The daemon
// checks again. A secret is never part of a server: it is named here and its value lives in the editor's secret
// storage. Pure.

import type { MetricSourceStatus, PrometheusServer, TriedServer } from '../../shared/model/metricSettings.ts';

/** Under which the value of a server's password or token is handed to the daemon. */
export const secretNameOf = (server: string): string => `metrics/${server}`;

/** Under which the editor keeps that value. */
export const storageKeyOf = (secretName: string): string => `pilothouse.secret.${secretName}`;

/** Name of the secret a server asks an editor for; undefined where it needs none, or it is elsewhere. */
export function wantedSecretOf({ auth }: PrometheusServer): string | undefined {
  if (!auth || auth.kind === 'none') return undefined;
  const place = auth.kind === 'basic' ? auth.password : auth.token;
  return 'secret' in place ? place.secret : undefined;
}

/** The sentence that says what is wrong with an address; undefined where nothing is. */
export function urlProblem(text: string): string | undefined {
  const url = parsed(text);
  if (!url) return 'An address like https://prometheus.example:9090';
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return 'It has to begin with http:// or https://';
  if (url.username !== '' || url.password !== '')
    return 'No user or password in the address: they are asked for next, and kept in the secret storage';
  if (url.search !== '' || url.hash !== '') return 'The address alone, without ? and #';
  return undefined;
}

export function nameProblem(text: string, taken: readonly string[]): string | undefined {
  if (!/^[a-z0-9][a-z0-9-]{0,40}$/.test(text)) return 'Lower case letters, digits and -, at most 41';
  return taken.includes(text) ? `There is a server named ${text} already` : undefined;
}

export function intervalProblem(text: string): string | undefined {
  const seconds = Number(text);
  return Number.isInteger(seconds) && seconds >= 1 && seconds <= 3_600
    ? undefined
    : 'A whole number of seconds, 1 to 3600';
}

/** A name that is free, from the host of an address. */
export function proposedName(text: string, taken: readonly string[]): string {
  const host = parsed(text)?.hostname ?? '';
  const first = /^[\d.[\]:]+$/.test(host) ? 'server' : host.split('.')[0]!;
  const base =
    first
      .toLowerCase()
      .replaceAll(/[^a-z0-9-]/g, '')
      .replace(/^-+/, '')
      .slice(0, 38) || 'server';
  for (let count = 1; ; count++) {
    const name = count === 1 ? base : `${base}-${count}`;
    if (!taken.includes(name)) return name;
  }
}

/** Whether a secret would cross a network unencrypted. */
export function isOpenOnTheWire(text: string): boolean {
  const url = parsed(text);
  return url?.protocol === 'http:' && !/^(localhost|127\.|\[::1\])/.test(url.hostname);
}

const authWords = { none: 'no credentials', basic: 'user and password', bearer: 'token' } as const;

/** How a server is asked: "token · certificate not checked · every 15 s". */
export function describeServer({ auth, tls, intervalSeconds = 15 }: PrometheusServer): string {
  return [
    authWords[auth?.kind ?? 'none'],
    ...(tls?.verify === false ? ['certificate not checked'] : tls?.caFile ? [`authority ${tls.caFile}`] : []),
    `every ${intervalSeconds} s`,
  ].join(' · ');
}

/** What a server that was tried said of itself: "127.0.0.1:9090, version 2.53.3, 11 of 12 targets up". */
export function describeTrial({ host, version, targets }: TriedServer): string {
  return [
    host,
    ...(version === undefined ? [] : [`version ${version}`]),
    ...(targets ? [`${targets.up} of ${targets.all} targets up`] : []),
  ].join(', ');
}

/** How its source fares, in a few words; its first problem where there is one. */
export function describeState(server: PrometheusServer, sources: readonly MetricSourceStatus[]): string {
  const connection = server.name === 'prometheus' ? 'prometheus' : `prometheus-${server.name}`;
  const source = sources.find((one) => one.connection === connection);
  if (!source) return 'not read yet';
  const problem = source.problems[0];
  return problem === undefined ? `${source.state}, ${source.series} series` : `${source.state}: ${problem}`;
}

function parsed(text: string): URL | undefined {
  try {
    return new URL(text.trim());
  } catch {
    return undefined;
  }
}

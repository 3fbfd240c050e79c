// Says of what a chart shows who measured it and does not now (its connection is gone, is not connected, or its source
// does not answer), and why there is nothing to show. Pure; a chart whose newest figure is old must never look as if all were well.

import type { Connection } from '../../shared/model/connection.ts';
import type { MetricSourceStatus } from '../../shared/model/metricSettings.ts';
import type { SeriesInfo } from '../../shared/model/series.ts';
import type { ChartTrouble } from '../../shared/panel/chart.ts';

/** One sentence for each source that has trouble, in the order of the series. */
export function troublesOf(
  series: readonly SeriesInfo[],
  connections: readonly Connection[],
  sources: readonly MetricSourceStatus[],
): readonly ChartTrouble[] {
  return [...new Set(series.map(({ source }) => source))].flatMap((source) => {
    const message = troubleOf(source, connections, sources);
    if (message === undefined) return [];
    const lastMs = Math.max(...series.filter((one) => one.source === source).map((one) => one.lastMs));
    return [{ message, lastMs }];
  });
}

/** `source` is `connection/name`, as a series has it. */
function troubleOf(
  source: string,
  connections: readonly Connection[],
  sources: readonly MetricSourceStatus[],
): string | undefined {
  const end = source.indexOf('/');
  const [id, name] = [source.slice(0, end), source.slice(end + 1)];
  const connection = connections.find((one) => one.id === id);
  if (!connection) return `What measured this is gone: there is no connection ${id} any more.`;
  if (connection.state === 'failed')
    return [`${connection.name} is not connected.`, connection.problem?.message, connection.problem?.fix]
      .filter((part) => part !== undefined)
      .join(' ');
  const status = sources.find((one) => one.connection === id && one.source === name);
  if (status?.state !== 'failing') return undefined;
  return [`${connection.name} measures nothing at the moment (${name}).`, ...status.problems].join(' ');
}

/** Nothing is stored: whether nothing measures it, or what measures it has trouble. */
export function whyNothing(
  resources: readonly string[],
  nameOf: (id: string) => string,
  sources: readonly MetricSourceStatus[],
): { readonly message: string; readonly fix: string } {
  const names = resources.map(nameOf).join(', ');
  if (names === '')
    return {
      message: 'No series is chosen.',
      fix: 'Choose series with “Compare…”, or a resource in the tree.',
    };
  const message = `No figures of ${names} are stored.`;
  const trouble = sources
    .filter(({ connection }) => resources.some((id) => id.startsWith(`${connection}:`)))
    .flatMap(({ source, problems }) => problems.map((problem) => `${source}: ${problem}`));
  if (trouble.length > 0) return { message, fix: `What measures it has trouble. ${trouble.join(' ')}` };
  return {
    message,
    fix: 'Figures are stored from the moment a source measures it, while somebody looks: wait a minute and press “Read again”. Where nothing measures it, name a Prometheus server that does (“Pilothouse: Add Prometheus Server…”).',
  };
}

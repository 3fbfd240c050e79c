// `incidents`, `mutes` and `series`: what the watch found, what is kept quiet, and what is measured.

import { environments } from '../../../shared/model/connection.ts';
import { formatFigure } from '../../../shared/model/figure.ts';
import type { Incident, Mute, Severity } from '../../../shared/model/finding.ts';
import type { MetricName } from '../../../shared/model/metric.ts';
import { metricNames } from '../../../shared/model/metric.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import { sparkline } from '../../../shared/model/sparkline.ts';
import { type Command, type CommandContext, jsonOption, printJson } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import { columns, style } from '../output.ts';

const says = ['right', 'noise', 'ack', 'unack'] as const;

export const incidents: Command = {
  name: 'incidents',
  usage: '[show|right|noise|ack|unack ID]',
  doc: 'Lists what the watch found, explains one, or says what you think of it.',
  options: {
    open: { type: 'boolean', doc: 'Only those that go on.' },
    ...jsonOption,
  },
  async run(context) {
    const { io, words, options, connect } = context;
    const [verb, id] = words;
    const session = await connect();
    if (verb === undefined) {
      const found = await session.request('incident/list', { open: options.open === true });
      if (options.json === true) printJson(io, found);
      else io.print(found.incidents.length === 0 ? 'No incidents.' : columns(found.incidents.map(rowOf)));
      return exitCodes.done;
    }
    const said = says.find((one) => one === verb);
    if (id === undefined || (verb !== 'show' && said === undefined))
      throw unclear('incidents', 'incidents show an-12');
    if (said !== undefined) {
      const incident = await session.request('incident/feedback', { id, says: said });
      if (options.json === true) printJson(io, incident);
      else io.print(`${incident.id}: ${saidOf(incident)}`);
      return exitCodes.done;
    }
    const details = await session.request('incident/get', { id });
    if (options.json === true) printJson(io, details);
    else {
      const { incident, summary, changes, near, before } = details;
      io.print(columns([rowOf(incident)]));
      io.print(summary);
      for (const finding of incident.findings) {
        io.print(`${severityText(finding.severity)} ${finding.title}`);
        for (const reason of finding.reasons) io.print(style.dim(`  ${reason}`));
      }
      for (const clue of [...changes, ...near]) io.print(`  ${clue.sentence}`);
      for (const one of before) io.print(style.dim(`  earlier: ${one.id} ${one.title} ${one.verdict ?? ''}`));
    }
    return exitCodes.done;
  },
};

export const mutes: Command = {
  name: 'mutes',
  usage: '[add|remove ID]',
  doc: 'Lists what is kept quiet, adds a mute, or removes one.',
  options: {
    resource: { type: 'string', value: 'ID', doc: 'Only this resource (add).' },
    connection: { type: 'string', value: 'ID', doc: 'Only this connection (add).' },
    environment: { type: 'string', value: environments.join('|'), doc: 'Only this environment (add).' },
    metric: { type: 'string', value: metricNames.join('|'), doc: 'Only this metric (add).' },
    hours: { type: 'string', value: 'FROM-TO', doc: 'Only in these hours of the day here, as 22-6 (add).' },
    for: { type: 'string', value: 'MINUTES', doc: 'For so long (add).' },
    reason: { type: 'string', value: 'TEXT', doc: 'Why (add).' },
    ...jsonOption,
  },
  async run(context) {
    const { io, words, options, connect } = context;
    const [verb, id] = words;
    const session = await connect();
    if (verb === 'remove' && id !== undefined) {
      const { removed } = await session.request('mute/remove', { id });
      io.print(removed ? `Mute ${id} is removed.` : `There is no mute ${id}.`);
      return removed ? exitCodes.done : exitCodes.failed;
    }
    if (verb === 'add') {
      const mute = await session.request('mute/add', muteOf(options));
      if (options.json === true) printJson(io, mute);
      else io.print(muteText(mute));
      return exitCodes.done;
    }
    if (verb !== undefined) throw unclear('mutes', 'mutes add --environment dev --for 60');
    const found = await session.request('mute/list');
    if (options.json === true) printJson(io, found);
    else io.print(found.mutes.length === 0 ? 'Nothing is muted.' : found.mutes.map(muteText).join('\n'));
    return exitCodes.done;
  },
};

export const series: Command = {
  name: 'series',
  usage: '[ID]',
  doc: 'Lists what is measured, or shows the last hours of one series.',
  options: {
    resource: { type: 'string', value: 'ID', doc: 'Only of this resource.' },
    metric: { type: 'string', value: metricNames.join('|'), doc: 'Only this metric.' },
    hours: { type: 'string', value: 'N', doc: 'How far back (default 6).' },
    ...jsonOption,
  },
  async run({ io, words, options, connect }) {
    const session = await connect();
    const [id] = words;
    if (id === undefined) {
      const found = await session.request('series/list', {
        limit: 1_000,
        ...(typeof options.resource === 'string' && { resource: options.resource }),
        ...(typeof options.metric === 'string' && { metric: options.metric as MetricName }),
      });
      if (options.json === true) printJson(io, found);
      else if (found.series.length === 0) io.print('Nothing is measured.');
      else
        io.print(
          columns(
            found.series.map((one) => [formatFigure(one.lastValue, one.unit), one.id, style.dim(one.source)]),
          ),
        );
      return exitCodes.done;
    }
    const toMs = Date.now();
    const hours = Number(options.hours ?? 6);
    if (!(hours > 0)) throw unclear('series', 'series os:vm/1#cpu --hours 24');
    const found = await session.request('series/range', {
      series: [id],
      fromMs: Math.round(toMs - hours * 3_600_000),
      toMs,
      pointsMax: 400,
      marks: true,
    });
    if (options.json === true) printJson(io, found);
    else {
      const range = found.ranges[0]!;
      io.print(
        `${id}: ${range.times.length} points, newest ${formatFigure(range.series.lastValue, range.series.unit)}`,
      );
      if (range.means.length > 0) io.print(sparkline(range.means));
      for (const mark of found.marks)
        io.print(style.dim(`${new Date(mark.fromMs).toISOString()}  ${mark.title}`));
    }
    return exitCodes.done;
  },
};

function rowOf(incident: Incident): readonly string[] {
  const since = new Date(incident.startedMs).toISOString().slice(0, 19);
  const state = incident.mutedBy !== undefined ? `${incident.state}, muted` : incident.state;
  return [
    incident.id,
    severityText(incident.severity),
    state,
    since,
    incident.title,
    style.dim(saidOf(incident)),
  ];
}

function saidOf({ acked, verdict }: Incident): string {
  return [acked && `acked by ${acked.by}`, verdict && `${verdict.is}, says ${verdict.by}`]
    .filter(Boolean)
    .join(', ');
}

function severityText(severity: Severity): string {
  return { critical: style.red, warning: style.yellow, info: style.cyan }[severity](severity);
}

function muteOf(options: CommandContext['options']) {
  const text = (name: string) => (typeof options[name] === 'string' ? { [name]: options[name] } : {});
  const hours = /^(\d{1,2})-(\d{1,2})$/.exec(String(options.hours ?? ''));
  if (options.hours !== undefined && !hours)
    throw unclear('mutes', 'mutes add --environment dev --hours 22-6');
  const minutes = Number(options.for ?? 0);
  return {
    ...text('resource'),
    ...text('connection'),
    ...text('environment'),
    ...text('metric'),
    ...text('reason'),
    ...(hours && {
      hours: { from: Number(hours[1]), to: Number(hours[2]), offsetMinutes: -new Date().getTimezoneOffset() },
    }),
    ...(minutes > 0 && { untilMs: Math.round(Date.now() + minutes * 60_000) }),
  };
}

function muteText({
  id,
  resource,
  connection,
  environment,
  metric,
  hours,
  untilMs,
  reason,
  by,
}: Mute): string {
  const parts = [
    resource,
    connection && `connection ${connection}`,
    environment && `environment ${environment}`,
    metric,
    hours && `from ${hours.from} to ${hours.to} h`,
    untilMs !== undefined && `until ${new Date(untilMs).toISOString().slice(0, 16)}`,
    reason && `"${reason}"`,
  ];
  return `${id}  ${parts.filter(Boolean).join(', ')}  ${style.dim(`by ${by}`)}`;
}

function unclear(command: string, example: string): ProblemError {
  return new ProblemError({
    code: 'bad-input',
    message: `It is not clear what to do with ${command}.`,
    fix: `For example: pilothouse ${example}`,
  });
}

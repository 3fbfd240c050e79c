// `resources` and `connections`: what is there, and through what it is reached.

import type { Connection } from '../../../shared/model/connection.ts';
import { environments } from '../../../shared/model/connection.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import type { Resource } from '../../../shared/model/resource.ts';
import { type Command, connectionOption, jsonOption, printJson } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import { columns, style } from '../output.ts';
import { requireConnection, settledConnections } from '../settled.ts';

export const resources: Command = {
  name: 'resources',
  usage: '',
  doc: 'Lists what is there.',
  options: {
    ...connectionOption,
    kind: { type: 'string', value: 'KIND', doc: 'Only this kind: vm, volume, network…' },
    ...jsonOption,
  },
  async run({ io, options, connect }) {
    const session = await connect();
    const connections = await settledConnections(session, () =>
      io.say(style.dim('Reading the connections…')),
    );
    const connection = options.connection as string | undefined;
    if (connection !== undefined) requireConnection(connections, connection);
    const all: Resource[] = [];
    let after: string | undefined;
    do {
      const page = await session.request('resource/list', {
        limit: 1_000,
        ...(connection !== undefined && { connection }),
        ...(typeof options.kind === 'string' && { kind: options.kind }),
        ...(after !== undefined && { after }),
      });
      all.push(...page.resources);
      after = page.next;
    } while (after !== undefined);
    if (options.json === true) printJson(io, { resources: all, total: all.length });
    else if (all.length === 0) io.print('There is nothing.');
    else io.print(columns([['STATUS', 'KIND', 'NAME', 'ID'].map(style.dim), ...all.map(rowOf)]));
    return exitCodes.done;
  },
};

function rowOf(resource: Resource): readonly string[] {
  const paint = {
    ok: style.green,
    busy: style.cyan,
    warning: style.yellow,
    error: style.red,
    off: style.dim,
    unknown: style.dim,
  };
  return [paint[resource.health](resource.status), resource.kind, resource.name, style.dim(resource.id)];
}

export const connections: Command = {
  name: 'connections',
  usage: '[set ID]',
  doc: 'Lists connections, or sets how careful Pilothouse is with one.',
  options: {
    mode: { type: 'string', value: 'read-only|confirm', doc: 'Deny every change, or ask for each (set).' },
    environment: { type: 'string', value: environments.join('|'), doc: 'What the place is (set).' },
    ...jsonOption,
  },
  async run({ io, words, options, connect }) {
    const [verb, id] = words;
    const session = await connect();
    const list = await settledConnections(session, () => io.say(style.dim('Reading the connections…')));
    if (verb === undefined) {
      show(list);
      return exitCodes.done;
    }
    if (verb !== 'set' || id === undefined)
      throw new ProblemError({
        code: 'bad-input',
        message: 'It is not clear what to do with connections.',
        fix: 'For example: pilothouse connections set my-cloud --mode read-only',
      });
    requireConnection(list, id);
    const { mode, environment } = options;
    const changed = await session.request('connection/configure', {
      id,
      ...(mode !== undefined && { mode: mode as Connection['mode'] }),
      ...(environment !== undefined && { environment: environment as Connection['environment'] }),
    });
    show([changed]);
    return exitCodes.done;

    function show(shown: readonly Connection[]): void {
      if (options.json === true) printJson(io, { connections: shown });
      else if (shown.length === 0) io.print('No connections were found.');
      else io.print(shown.map(renderConnection).join('\n'));
    }
  },
};

function renderConnection(connection: Connection): string {
  const { id, provider, environment, mode, state, identity, problem, origin, resourceCount, simulated } =
    connection;
  const paint = { connected: style.green, connecting: style.cyan, degraded: style.yellow, failed: style.red }[
    state
  ];
  const who = identity
    ? `${identity.user}${identity.project ? ` in ${identity.project}` : ''}`
    : 'nobody yet';
  const lines = [
    `${style.bold(id)}  ${paint(state)}  ${provider}${simulated ? ' (simulated)' : ''}, ${environment}, ${mode}`,
    style.dim(`  ${resourceCount} resources, as ${who}, found in ${origin}`),
  ];
  if (problem) lines.push(`  ${style.yellow(problem.message)}${problem.fix ? ` ${problem.fix}` : ''}`);
  return lines.join('\n');
}

// `graph query|near|path|blast|stats|loose|search|changes|history`: what is known, asked in many ways. It only reads.

import type { ResourceChange } from '../../../shared/model/graph.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import type { Json } from '../../../shared/model/resource.ts';
import { type Command, type CommandContext, connectionOption, jsonOption, printJson } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import { columns, style } from '../output.ts';
import { printRows } from '../renderRows.ts';
import { settledConnections } from '../settled.ts';

const verbs: Readonly<Record<string, (context: CommandContext) => Promise<number>>> = {
  query,
  near,
  path,
  blast,
  stats,
  loose,
  search,
  changes,
  history,
};
const usage = Object.keys(verbs).join('|');

export const graph: Command = {
  name: 'graph',
  usage: `${usage} …`,
  doc: 'Asks what is known: openCypher queries, what is around a resource, ways, blast radius, counts, loose ends, changes.',
  options: {
    param: {
      type: 'string',
      value: 'NAME=JSON',
      doc: 'A parameter of the query; several as one JSON object.',
    },
    limit: { type: 'string', value: 'N', doc: 'Most rows.' },
    depth: { type: 'string', value: 'N', doc: 'Steps from the resource (near); default 1.' },
    by: {
      type: 'string',
      value: 'KEYS',
      doc: 'What to count by (stats): kind,status,tag.env; default kind,status.',
    },
    since: {
      type: 'string',
      value: 'TIME',
      doc: 'Since when (changes): 2026-11-20T10:00:00Z, 90m, 24h, 7d.',
    },
    ...connectionOption,
    ...jsonOption,
  },
  async run(context) {
    const [word = ''] = context.words;
    const verb = Object.hasOwn(verbs, word) ? verbs[word] : undefined;
    if (verb) return await verb(context);
    throw wrongUse(
      word ? `"${word}" is nothing that can be asked of the graph.` : 'It is not said what to ask.',
    );
  },
};

function wrongUse(message: string): ProblemError {
  return new ProblemError({
    code: 'bad-input',
    message,
    fix: `Use: pilothouse graph ${usage}. For example: pilothouse graph query "MATCH (v:vm) RETURN v.name, v.status"`,
  });
}

async function openSettled({ io, connect }: CommandContext) {
  const session = await connect();
  await settledConnections(session, () => io.say(style.dim('Reading the connections…')));
  return session;
}

const limitOf = ({ options }: CommandContext) =>
  options.limit === undefined ? {} : { limit: numberOf(options.limit) };

function numberOf(value: string | boolean | undefined): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 0) return number;
  throw wrongUse(`"${String(value)}" is no whole number.`);
}

async function query(context: CommandContext): Promise<number> {
  const { words, options, io } = context;
  const text = words.slice(1).join(' ').trim();
  if (text === '') throw wrongUse('It is not said which query.');
  const session = await openSettled(context);
  const parameters = parametersOf(options.param);
  const found = await session.request('graph/query', { text, parameters, ...limitOf(context) });
  if (options.json === true) printJson(io, found);
  else printRows(io, found);
  return exitCodes.done;
}

/** `name="x"`, `n=3`, or one JSON object of all. A value that is no JSON is a text. */
function parametersOf(given: string | boolean | undefined): Record<string, Json> {
  if (typeof given !== 'string') return {};
  if (given.trim().startsWith('{')) {
    const all = jsonOf(given);
    if (typeof all === 'object' && all !== null && !Array.isArray(all)) return all as Record<string, Json>;
    throw wrongUse(`The parameters "${given}" are no JSON.`);
  }
  const at = given.indexOf('=');
  if (at < 1) throw wrongUse(`A parameter is given as NAME=VALUE, not "${given}".`);
  const value = given.slice(at + 1);
  return { [given.slice(0, at)]: jsonOf(value) ?? value };
}

function jsonOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function requireId(words: readonly string[], index: number): string {
  const id = words[index];
  if (id === undefined) throw wrongUse('It is not said which resource (its id, see pilothouse resources).');
  return id;
}

async function near(context: CommandContext): Promise<number> {
  const { words, options, io } = context;
  const id = requireId(words, 1);
  const depth = options.depth === undefined ? 1 : numberOf(options.depth);
  const session = await openSettled(context);
  const found = await session.request('graph/neighbourhood', { ids: [id], depth, ...limitOf(context) });
  if (options.json === true) printJson(io, found);
  else {
    const rows = found.nodes.map(({ resource, depth: steps, edges }) => [
      String(steps),
      resource.kind,
      resource.name,
      resource.status,
      `${edges} relations`,
      style.dim(resource.id),
    ]);
    io.print(columns([['STEPS', 'KIND', 'NAME', 'STATUS', '', 'ID'].map(style.dim), ...rows]));
    if (found.truncated) io.say(style.yellow('There is more than is shown: the nearest are.'));
  }
  return exitCodes.done;
}

async function path(context: CommandContext): Promise<number> {
  const { words, options, io } = context;
  const [from, to] = [requireId(words, 1), requireId(words, 2)];
  const session = await openSettled(context);
  const { paths, names } = await session.request('graph/paths', { from, to, ...limitOf(context) });
  if (options.json === true) printJson(io, { paths, names });
  else if (paths.length === 0) io.print('There is no way between the two.');
  for (const { ids, relations } of options.json === true ? [] : paths)
    io.print(
      ids
        .map((id, index) => {
          const edge = relations[index];
          const arrow = edge && (edge.from === id ? ` -${edge.type}-> ` : ` <-${edge.type}- `);
          return `${names[id]?.kind} ${names[id]?.name}${arrow ? style.dim(arrow) : ''}`;
        })
        .join(''),
    );
  return paths.length > 0 ? exitCodes.done : exitCodes.failed;
}

async function blast(context: CommandContext): Promise<number> {
  const { words, options, io } = context;
  const ids = words.slice(1);
  if (ids.length === 0) throw wrongUse('It is not said what might go away: a plan, or ids of resources.');
  const session = await openSettled(context);
  const isPlan = ids.length === 1 && !ids[0]!.includes(':');
  const found = await session.request('graph/blastRadius', isPlan ? { plan: ids[0]! } : { ids });
  if (options.json === true) printJson(io, found);
  else if (found.affected.length === 0) io.print('Nothing known hangs on it.');
  else {
    io.print(
      columns(found.affected.map(({ depth, kind, name, relation }) => [String(depth), kind, name, relation])),
    );
    if (found.truncated) io.say(style.yellow('There is more than is shown: the nearest are.'));
  }
  return exitCodes.done;
}

async function stats(context: CommandContext): Promise<number> {
  const { options, io } = context;
  const by = (typeof options.by === 'string' ? options.by : 'kind,status').split(',');
  const session = await openSettled(context);
  const connection = options.connection as string | undefined;
  const found = await session.request('graph/statistics', {
    by,
    ...(connection !== undefined && { connection }),
  });
  if (options.json === true) printJson(io, found);
  else
    for (const { by: key, counts } of found.statistics)
      io.print(
        `${style.bold(key)}\n${columns(counts.map(({ value, count }) => [`  ${value || '(none)'}`, String(count)]))}`,
      );
  return exitCodes.done;
}

async function loose(context: CommandContext): Promise<number> {
  const { options, io } = context;
  const session = await openSettled(context);
  const connection = options.connection as string | undefined;
  const where = connection === undefined ? {} : { connection };
  const found = await session.request('graph/looseEnds', { ...where, ...limitOf(context) });
  if (options.json === true) printJson(io, found);
  else if (found.total === 0) io.print('There are no loose ends.');
  else {
    io.print(
      columns(found.ends.map(({ why, kind, name, reason, id }) => [why, kind, name, reason, style.dim(id)])),
    );
    if (found.total > found.ends.length) io.say(style.dim(`${found.total} in all`));
  }
  return exitCodes.done;
}

async function search(context: CommandContext): Promise<number> {
  const { words, options, io } = context;
  const session = await openSettled(context);
  const found = await session.request('graph/search', {
    text: words.slice(1).join(' '),
    ...limitOf(context),
  });
  if (options.json === true) printJson(io, found);
  else if (found.total === 0) io.print('Nothing holds these words.');
  else {
    io.print(
      columns(found.resources.map(({ kind, name, status, id }) => [kind, name, status, style.dim(id)])),
    );
    if (found.total > found.resources.length) io.say(style.dim(`${found.total} in all`));
  }
  return exitCodes.done;
}

const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

async function changes(context: CommandContext): Promise<number> {
  const { words, options, io } = context;
  const connection = words[1] ?? (options.connection as string | undefined);
  if (connection === undefined) throw wrongUse('It is not said of which connection.');
  const from = sinceOf(typeof options.since === 'string' ? options.since : '24h');
  const session = await openSettled(context);
  const found = await session.request('graph/changes', { connection, from, ...limitOf(context) });
  if (found.knownSince !== undefined)
    io.say(style.yellow(`What was there before ${found.knownSince} is not known.`));
  if (options.json === true) printJson(io, found);
  else if (found.total === 0) io.print('Nothing changed that is known of.');
  else {
    io.print(
      columns(found.changes.map(({ change, kind, name, fields }) => [change, kind, name, fieldsOf(fields)])),
    );
    if (found.total > found.changes.length) io.say(style.dim(`${found.total} in all`));
  }
  return exitCodes.done;
}

async function history(context: CommandContext): Promise<number> {
  const { words, options, io } = context;
  const id = requireId(words, 1);
  const session = await openSettled(context);
  const { states } = await session.request('resource/history', { id, ...limitOf(context) });
  if (options.json === true) printJson(io, { states });
  else if (states.length === 0) io.print('Nothing is known of it.');
  else
    io.print(
      columns(states.map(({ at, resource, fields }) => [at, resource?.status ?? 'gone', fieldsOf(fields)])),
    );
  return exitCodes.done;
}

function sinceOf(text: string): string {
  const [, count, unit] = /^(\d+)([mhd])$/.exec(text) ?? [];
  const atMs = unit ? Date.now() - Number(count) * unitMs[unit]! : Date.parse(text);
  if (Number.isNaN(atMs)) throw wrongUse(`"${text}" is no time.`);
  return new Date(atMs).toISOString();
}

function fieldsOf(fields: ResourceChange['fields']): string {
  const shown = (value: Json | undefined) => (value === undefined ? 'nothing' : JSON.stringify(value));
  return fields.map(({ field, before, after }) => `${field}: ${shown(before)} → ${shown(after)}`).join('; ');
}

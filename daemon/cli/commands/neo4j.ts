// `neo4j status|set|remove|try|query|export`: a Neo4j server beside the embedded graph. A password is never an option,
// where others of this machine could read it: it comes from PILOTHOUSE_NEO4J_PASSWORD, and the daemon keeps it in memory.

import type { DaemonSession } from '../../../connect/session.ts';
import type { Neo4jExportProposal, Neo4jServer, Neo4jStatus } from '../../../shared/model/neo4j.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import { type Command, type CommandContext, jsonOption, printJson } from '../command.ts';
import { exitCodes } from '../exitCodes.ts';
import { style } from '../output.ts';
import { printRows } from '../renderRows.ts';
import { settledConnections } from '../settled.ts';

const verbs: Readonly<Record<string, (context: CommandContext) => Promise<number>>> = {
  status,
  set,
  remove,
  try: tryServer,
  query,
  export: exportAll,
};
const usage = Object.keys(verbs).join('|');

export const neo4j: Command = {
  name: 'neo4j',
  usage: `${usage} …`,
  doc: 'Names a Neo4j server, asks it, and exports the graph to it. The password comes from PILOTHOUSE_NEO4J_PASSWORD.',
  options: {
    url: { type: 'string', value: 'URL', doc: 'bolt:// or neo4j://, with +s for TLS (set).' },
    user: { type: 'string', value: 'NAME', doc: 'Who signs in (set).' },
    database: { type: 'string', value: 'NAME', doc: "Database; default the server's own (set)." },
    limit: { type: 'string', value: 'N', doc: 'Most rows (query).' },
    yes: { type: 'boolean', doc: 'Export without asking, unless it would remove something.' },
    ...jsonOption,
  },
  async run(context) {
    const [word = 'status'] = context.words;
    const verb = Object.hasOwn(verbs, word) ? verbs[word] : undefined;
    if (verb) return await verb(context);
    throw wrongUse(`"${word}" is nothing that can be done with Neo4j.`);
  },
};

function wrongUse(message: string): ProblemError {
  return new ProblemError({
    code: 'bad-input',
    message,
    fix: `Use: pilothouse neo4j ${usage}. For example: pilothouse neo4j set --url bolt://127.0.0.1:7687 --user neo4j`,
  });
}

/** A session whose daemon knows the password, where the environment has it. */
async function open({ connect, io }: CommandContext): Promise<DaemonSession> {
  const session = await connect();
  const password = io.env.PILOTHOUSE_NEO4J_PASSWORD;
  if (!password) return session;
  const { server } = await session.request('neo4j/status');
  if (server) await session.request('neo4j/configure', { server, password });
  return session;
}

async function status(context: CommandContext): Promise<number> {
  const session = await open(context);
  return show(context, await session.request('neo4j/status'));
}

async function set(context: CommandContext): Promise<number> {
  const { url, user, database } = context.options;
  if (typeof url !== 'string' || typeof user !== 'string')
    throw wrongUse('It is not said which server and who signs in.');
  const server: Neo4jServer = { url, user, ...(typeof database === 'string' && { database }) };
  const session = await context.connect();
  await session.request('neo4j/configure', { server });
  return status(context);
}

async function remove(context: CommandContext): Promise<number> {
  const session = await context.connect();
  return show(context, await session.request('neo4j/configure', { server: null }));
}

function show({ io, options }: CommandContext, found: Neo4jStatus): number {
  const { server, hasPassword } = found;
  if (options.json === true) printJson(io, found);
  else if (!server) io.print('No Neo4j server is set.');
  else {
    const where = server.database ? `${server.url}, database ${server.database}` : server.url;
    io.print(`${where}, as ${server.user}`);
    if (!hasPassword) io.say(style.yellow('Its password is not known: set PILOTHOUSE_NEO4J_PASSWORD.'));
  }
  return exitCodes.done;
}

async function tryServer(context: CommandContext): Promise<number> {
  const session = await open(context);
  const found = await session.request('neo4j/try');
  if (context.options.json === true) printJson(context.io, found);
  else context.io.print(`It answers: ${found.product}${found.isEncrypted ? '' : ', not encrypted'}`);
  return exitCodes.done;
}

async function query(context: CommandContext): Promise<number> {
  const { words, options, io } = context;
  const text = words.slice(1).join(' ').trim();
  if (text === '') throw wrongUse('It is not said which query.');
  const limit = options.limit === undefined ? 1_000 : Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1)
    throw wrongUse(`"${String(options.limit)}" is no number of rows.`);
  const session = await open(context);
  const found = await session.request('neo4j/query', { text, limit });
  if (options.json === true) printJson(io, found);
  else printRows(io, found);
  return exitCodes.done;
}

async function exportAll(context: CommandContext): Promise<number> {
  const { options, io } = context;
  const session = await open(context);
  await settledConnections(session, () => io.say(style.dim('Reading the connections…')));
  const proposal = await session.request('neo4j/propose');
  for (const line of proposal.effect) io.say(line);
  if (!(await isWanted(proposal, context))) {
    io.say('Nothing was exported.');
    return io.isInteractive ? exitCodes.denied : exitCodes.needsAnswer;
  }
  const abort = new AbortController();
  const stopListening = io.onInterrupt(() => abort.abort());
  try {
    const result = await session.request(
      'neo4j/export',
      { proposal: proposal.id },
      { signal: abort.signal, onProgress: ({ message }) => io.say(style.dim(message)) },
    );
    if (options.json === true) printJson(io, result);
    else {
      const { resources, relations, removedResources, kept } = result;
      io.print(`Exported ${resources} resources and ${relations} relations, removed ${removedResources}.`);
      if (kept > 0) io.say(`${kept} stay, because others tied relations to them.`);
    }
    return exitCodes.done;
  } finally {
    stopListening();
  }
}

/** Anything that is not a clear yes is a no; a flag is no yes to removing. */
async function isWanted({ removes }: Neo4jExportProposal, { io, options }: CommandContext): Promise<boolean> {
  if (options.yes === true && removes.length === 0) return true;
  if (options.yes === true) io.say(style.yellow('--yes does not approve what removes.'));
  if (!io.isInteractive) return false;
  const answer = await io.ask(`${style.bold('Export it?')} [y/N] `);
  return /^y(es)?$/i.test(answer?.trim() ?? '');
}

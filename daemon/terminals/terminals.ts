// Lets a person into resources: proposes, opens after the yes, and writes into the audit who entered what, when, and
// how it ended; never what was typed or shown. It opens nothing where the audit cannot be written first. Wired by
// `main.ts`; the wire side holds what it opens for as long as its session lives.

import type { Connection } from '../../shared/model/connection.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { Resource } from '../../shared/model/resource.ts';
import {
  addressOf,
  ownWaysInto,
  type TerminalProposal,
  type WayIn,
  waysInto,
} from '../../shared/model/terminal.ts';
import type { AuditTrail } from '../audit/contract.ts';
import { limits } from '../config.ts';
import type { Connections } from '../discovery/contract.ts';
import type { RemoteTerminal, Terminals } from '../executors/contract.ts';
import type { GraphReader } from '../graph/contract.ts';
import { type Diary, openDiary } from './auditing.ts';
import type { OpenForward, OpenTerminal, TerminalDesk } from './contract.ts';
import { holdForward } from './openForward.ts';
import { holdOwnProgram, holdTerminal } from './openTerminal.ts';
import { ownSsh } from './ownSsh.ts';
import { offerPort } from './ports.ts';
import { createProposals } from './proposals.ts';

export interface DeskOptions {
  readonly connections: Pick<Connections, 'get' | 'executor'>;
  readonly graph: Pick<GraphReader, 'get' | 'onDidChange'>;
  readonly audit: Pick<AuditTrail, 'append'>;
  readonly now: () => number;
  readonly log: (level: 'warn' | 'error', message: string) => void;
}

interface Found {
  readonly resource: Resource;
  readonly connection: Connection;
  readonly terminals: Terminals | undefined;
}

export function createTerminalDesk(options: DeskOptions): TerminalDesk {
  const { connections, graph, now } = options;
  const proposals = createProposals(now);
  const terminals = new Map<string, OpenTerminal>();
  /** Everything that is open, to be ended with the daemon. */
  const open = new Set<{ dispose(reason?: string): void }>();
  const forwards = new Map<string, OpenForward>();
  const keyOf = (session: string, number: number): string => `${session}/${number}`;

  const find = (id: string): Found => {
    const resource = graph.get(id);
    const connection = resource && connections.get(resource.connection);
    if (!resource || !connection) throw gone(id);
    return { resource, connection, terminals: connections.executor(connection.id)?.terminals };
  };
  /** Reserves a place, so that many at once stay within the bound. */
  const begin = (proposal: TerminalProposal, visitor: Parameters<TerminalDesk['open']>[1]): Diary => {
    if (open.size >= limits.terminalsMax)
      throw new ProblemError({
        code: 'overloaded',
        message: `${open.size} terminals and forwards are open already.`,
        fix: 'Close some of them.',
      });
    return openDiary(proposal, visitor.actor, options);
  };
  const remember = <T extends { dispose(reason?: string): void }>(one: T): T => {
    open.add(one);
    return one;
  };

  return {
    async ways(id, signal) {
      const { resource, connection, terminals: own } = find(id);
      const all = waysInto(resource, connection);
      const offers = own && connection.ways?.[resource.kind] ? await own.ways(resource, signal) : [];
      const named = new Set(offers.map(({ way }) => way));
      const hasPlainSsh = all.includes('ssh') && !named.has('ssh') && !own?.ssh;
      return [...offers, ...(hasPlainSsh ? [{ way: 'ssh' } as const] : [])];
    },
    async propose(request, visitor, signal) {
      const { resource, connection, terminals: own } = find(request.id);
      requireWay(request.way, resource, connection, own);
      if (request.way === 'forward' && request.port === undefined) throw noPort;
      const { way, container, command, port } = request;
      const settled =
        way === 'ssh' && !own?.ssh
          ? {}
          : await own?.check({
              resource,
              way,
              signal,
              ...(container === undefined ? {} : { container }),
              ...(command === undefined ? {} : { command }),
              ...(port === undefined ? {} : { port }),
            });
      const choice = way === 'forward' ? await offerPort(request.localPort ?? 0) : {};
      return proposals.add(request, { resource, connection, ...settled, ...choice }, visitor);
    },
    async open(request, visitor, signal) {
      const proposal = proposals.take(request, visitor, connections.get);
      const found = find(proposal.resource.id);
      const { resource, connection, terminals: own } = found;
      requireWay(proposal.way, resource, connection, own);
      const diary = begin(proposal, visitor);
      try {
        const terminal =
          proposal.way === 'ssh'
            ? holdOwnProgram(await programOf(found, proposal), (end) => settle(end))
            : holdTerminal(
                await openRemote(requireOwn(own), resource, proposal, {
                  ...request,
                  signal: AbortSignal.any([signal, AbortSignal.timeout(limits.terminalOpenTimeoutMs)]),
                }),
                (end) => settle(end),
              );
        const settle: Diary['end'] = (end) => {
          open.delete(terminal);
          diary.end(end);
        };
        return remember(terminal);
      } catch (error) {
        throw diary.fail(error, signal);
      }
    },
    async forward(request, visitor, signal) {
      const proposal = proposals.take(request, visitor, connections.get);
      const { resource, connection, terminals: own } = find(proposal.resource.id);
      requireWay('forward', resource, connection);
      const port = proposal.port!;
      const diary = begin(proposal, visitor);
      try {
        signal.throwIfAborted();
        const forward = await holdForward({
          about: {
            id: proposal.id,
            resource: proposal.resource,
            environment: connection.environment,
            port,
          },
          localPort: proposal.localPort ?? 0,
          connect: async (ends) => {
            const now = graph.get(resource.id);
            if (!now) throw gone(resource.id);
            return requireOwn(own).connect!({ resource: now, port, signal: ends });
          },
          onEnd: ({ reason, connections: carried }) => {
            stopLooking();
            open.delete(forward);
            forwards.delete(proposal.id);
            diary.end({ reason }, { connections: carried });
          },
        });
        diary.note({ localPort: forward.state.localPort });
        forwards.set(proposal.id, forward);
        const stopLooking = graph.onDidChange(({ removes }) => {
          if (removes.includes(resource.id)) forward.dispose(`${resource.name} is not there any more.`);
        });
        return remember(forward);
      } catch (error) {
        throw diary.fail(error, signal);
      }
    },
    async console(request, visitor, signal) {
      const proposal = proposals.take(request, visitor, connections.get);
      const { resource, connection, terminals: own } = find(proposal.resource.id);
      requireWay('console', resource, connection);
      const diary = begin(proposal, visitor);
      try {
        const ends = AbortSignal.any([signal, AbortSignal.timeout(limits.terminalOpenTimeoutMs)]);
        const url = await requireOwn(own).console!({ resource, signal: ends });
        diary.end({ reason: 'Its address was handed over; when the console is closed is not known here.' });
        return url;
      } catch (error) {
        throw diary.fail(error, signal);
      }
    },
    forwards: () => [...forwards.values()].map(({ state }) => state),
    stop(id) {
      const forward = forwards.get(id);
      if (forward) return forward.dispose();
      throw new ProblemError({ code: 'not-found', message: 'This forward has ended already.' });
    },
    hold: (session, number, terminal) => void terminals.set(keyOf(session, number), terminal),
    release: (session, number) => void terminals.delete(keyOf(session, number)),
    held(session, number) {
      const terminal = terminals.get(keyOf(session, number));
      if (terminal) return terminal;
      throw new ProblemError({ code: 'not-found', message: 'This terminal is not open (any more).' });
    },
    dispose() {
      for (const one of [...open]) one.dispose('The daemon ended.');
    },
  };
}

function requireWay(way: WayIn, resource: Resource, connection: Connection, own?: Terminals): void {
  if (waysInto(resource, connection).includes(way)) return;
  const isOffered = ownWaysInto(resource, connection).includes(way);
  const isUnsupported = resource.status === 'running' || !isOffered;
  const refusal = isUnsupported ? own?.refusal?.(way) : undefined;
  if (refusal) throw refusal;
  throw new ProblemError({
    code: isUnsupported ? 'unsupported' : 'wrong-state',
    message: isUnsupported
      ? `${connection.name} offers no such way into ${resource.name}.`
      : `${resource.name} is ${resource.status}; only what runs can be entered.`,
    fix: isUnsupported ? 'See what its menu offers.' : 'Start it first.',
  });
}

/** The other end of a terminal: its serial line, or what runs in it. */
function openRemote(
  own: Terminals,
  resource: Resource,
  { id, way, container, command }: TerminalProposal,
  {
    columns,
    rows,
    signal,
  }: { readonly columns: number; readonly rows: number; readonly signal: AbortSignal },
): Promise<RemoteTerminal> {
  if (way === 'serial') return own.serial!({ resource, signal });
  return own.open({
    resource,
    columns,
    rows,
    signal,
    ...(container === undefined ? {} : { container }),
    ...(command === undefined ? {} : { command }),
    visit: id,
  });
}

function requireOwn(own: Terminals | undefined): Terminals {
  if (own) return own;
  throw new ProblemError({ code: 'unsupported', message: 'This connection has no terminals (any more).' });
}

/** The person's own client, keys, agent and known hosts. What asks about an unknown host key is ssh itself. */
async function programOf(
  { resource, terminals }: Found,
  { command }: Pick<TerminalProposal, 'command'>,
): Promise<readonly string[]> {
  if (terminals?.ssh) return ownSsh(await terminals.ssh(resource), command);
  const host = addressOf(resource);
  if (host === undefined) throw gone(resource.id);
  return ownSsh({ host }, command);
}

function gone(id: string): ProblemError {
  return new ProblemError({
    code: 'not-found',
    message: `There is no ${id} (any more).`,
    fix: 'Refresh the connection and look again.',
  });
}

const noPort = new ProblemError({
  code: 'bad-input',
  message: 'It is not said which port is meant.',
  fix: 'Give the port of the resource, from 1 to 65535.',
});

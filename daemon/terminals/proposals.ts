// Proposals to enter a resource: judged by the same rules as plans, described in one sentence, kept until they are
// used once or too old. The rules are asked again at the yes, because mode and environment may have changed since.

import { randomBytes } from 'node:crypto';
import type { Connection } from '../../shared/model/connection.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { Resource } from '../../shared/model/resource.ts';
import { addressOf, type TerminalProposal, type WayIn } from '../../shared/model/terminal.ts';
import type { Verdict } from '../../shared/model/verdict.ts';
import { nounOf } from '../catalogue/kindWords.ts';
import { limits } from '../config.ts';
import { judge } from '../policy/judge.ts';
import type { EnterRequest, Visitor } from './contract.ts';

export interface About {
  readonly resource: Resource;
  readonly connection: Connection;
  readonly container?: string;
  /** Of a forward; see `TerminalProposal`. */
  readonly localPort?: number;
  readonly otherPort?: string;
}

export interface Proposals {
  add(request: EnterRequest, about: About, visitor: Visitor): TerminalProposal;
  /** Takes one out for its yes. Throws ProblemError where it is not there, too old, or not what was typed. */
  take(
    request: { readonly proposal: string; readonly typed?: string },
    visitor: Visitor,
    connectionOf: (id: string) => Connection | undefined,
  ): TerminalProposal;
}

const verbs: Readonly<Record<WayIn, string>> = {
  exec: 'open a shell in',
  shell: 'open a shell on',
  ssh: 'open a shell on',
  forward: 'forward a port of',
  console: 'open the console of',
  serial: 'open the serial console of',
};

export function createProposals(now: () => number): Proposals {
  const waiting = new Map<string, { readonly proposal: TerminalProposal; readonly session: string }>();
  return {
    add(request, about, visitor) {
      const { resource, connection, container, localPort, otherPort } = about;
      for (const [id, { proposal }] of waiting)
        if (Date.parse(proposal.expiresAt) <= now() || waiting.size >= limits.terminalProposalsMax)
          waiting.delete(id);
      const { way, command, port } = request;
      const proposal: TerminalProposal = {
        id: randomBytes(12).toString('hex'),
        way,
        title: container === undefined ? resource.name : `${resource.name}/${container}`,
        effect: effectOf(request, about),
        resource: { id: resource.id, name: resource.name, kind: resource.kind },
        connection: { id: connection.id, name: connection.name, environment: connection.environment },
        ...(connection.identity ? { identity: connection.identity } : {}),
        ...(container === undefined ? {} : { container }),
        ...(command === undefined ? {} : { command }),
        ...(port === undefined ? {} : { port }),
        ...(localPort === undefined ? {} : { localPort }),
        ...(otherPort === undefined ? {} : { otherPort }),
        verdict: verdictOf(way, resource, connection, visitor),
        expiresAt: new Date(now() + limits.terminalProposalMs).toISOString(),
      };
      waiting.set(proposal.id, { proposal, session: visitor.session });
      return proposal;
    },
    take({ proposal: id, typed }, visitor, connectionOf) {
      const found = waiting.get(id);
      if (!found || found.session !== visitor.session || Date.parse(found.proposal.expiresAt) <= now())
        throw problem('approval-expired', 'This was asked too long ago, or was opened already.');
      const { proposal } = found;
      const connection = connectionOf(proposal.connection.id);
      if (!connection) throw problem('not-found', `The connection ${proposal.connection.id} is not there.`);
      const verdict = verdictOf(proposal.way, proposal.resource, connection, visitor);
      if (verdict.effect === 'deny')
        throw problem('not-allowed', verdict.rules[0]?.reason ?? 'The rules forbid it.');
      if (JSON.stringify(verdict.approval) !== JSON.stringify(proposal.verdict.approval))
        throw problem('world-moved', 'The rules ask for another kind of yes than when this was shown.');
      requireTyped(proposal, typed);
      waiting.delete(id);
      return proposal;
    },
  };
}

function requireTyped({ verdict }: TerminalProposal, typed: string | undefined): void {
  const { approval } = verdict;
  if (approval.kind !== 'typed' || typed?.trim() === approval.expected) return;
  throw new ProblemError({
    code: 'wrong-words',
    message:
      typed === undefined ? 'This has to be approved by typing.' : 'What was typed is not what is asked for.',
    fix: `Type exactly: ${approval.expected}`,
  });
}

function verdictOf(
  way: WayIn,
  { id, name, kind }: Pick<Resource, 'id' | 'name' | 'kind'>,
  connection: Connection,
  { actor }: Visitor,
): Verdict {
  const noun = nounOf(kind).toLowerCase();
  const { environment, mode, simulated } = connection;
  return judge({
    actor,
    connections: new Map([
      [
        connection.id,
        { id: connection.id, name: connection.name, environment, mode, simulated, role: 'admin' },
      ],
    ]),
    steps: [
      {
        operation: `${way === 'forward' ? 'forward' : 'enter'}.${kind}`,
        verb: verbs[way],
        risk: 'change',
        impact: 'none',
        kind,
        noun,
        plural: `${noun}s`,
        connection: connection.id,
        target: { id, name },
      },
    ],
  });
}

function effectOf(
  { way, command, port }: EnterRequest,
  { resource, connection: { name, environment }, container, localPort, otherPort }: About,
): string {
  const what = `the ${nounOf(resource.kind)} ${resource.name}`;
  const where = `on ${name} (${environment})`;
  const inside = container === undefined ? what : `the container ${container} of ${what}`;
  switch (way) {
    case 'exec':
      return command
        ? `Runs "${command.join(' ')}" in ${inside} ${where}.`
        : `Opens a shell in ${inside} ${where}.`;
    case 'shell':
      return command
        ? `Runs "${command.join(' ')}" on ${what} ${where}.`
        : `Opens a shell on ${what} ${where}.`;
    case 'ssh':
      return `Runs ${command ? `"${command.join(' ')}" by ` : ''}this machine's own ssh to ${addressOf(resource) ?? resource.name}, ${what} ${where}, with your own keys.`;
    case 'console':
      return `Opens the console of ${what} ${where} in a browser: its screen and keyboard, by an address that lets in whoever has it.`;
    case 'serial':
      return `Opens the serial console of ${what} ${where} in a terminal: what it shows and takes on its serial line, a login or whatever stands there.`;
    case 'forward':
      return [
        ...(otherPort === undefined ? [] : [otherPort]),
        `Carries port ${localPort ?? 0} of this machine, which only this machine reaches, to port ${port ?? 0} of ${what} ${where}.`,
      ].join(' ');
  }
}

function problem(code: ConstructorParameters<typeof ProblemError>[0]['code'], message: string): ProblemError {
  return new ProblemError({ code, message, fix: 'Ask for it again.' });
}

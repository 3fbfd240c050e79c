// What entering a resource from the command line has in common, be it by a shell or by a port: which one is meant, and
// the yes of the person. It opens nothing. Used by the commands `exec`, `forward` and `console`.

import type { DaemonSession } from '../../connect/session.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { Resource } from '../../shared/model/resource.ts';
import type { TerminalProposal, WayIn } from '../../shared/model/terminal.ts';
import type { CommandContext } from './command.ts';
import { style } from './output.ts';

export interface Wanted {
  /** An id, a name, or a kind and a name: `service/web`. */
  readonly name: string;
  readonly connection?: string | undefined;
  readonly isWay: (way: WayIn) => boolean;
}

const namesShown = 8;

/** By id, else by its whole name. Throws ProblemError where nothing or several things are called so. */
export async function findEntered(
  { name, connection, isWay }: Wanted,
  session: DaemonSession,
): Promise<Resource> {
  const [, kind, bare] = /^([a-z-]+)\/([^/]+)$/.exec(name) ?? [];
  const listed = async (text: string, kindOnly?: string): Promise<readonly Resource[]> => {
    const { resources } = await session.request('resource/list', {
      text: text.slice(0, 200),
      limit: 1_000,
      ...(connection !== undefined && { connection }),
    });
    const byId = resources.filter(({ id }) => id === text);
    const named = resources.filter((one) => one.name === text);
    return byId.length > 0 ? byId : named.filter((one) => kindOnly === undefined || one.kind === kindOnly);
  };
  const whole = await listed(name);
  const named = whole.length === 0 && kind && bare ? await listed(bare, kind) : whole;
  const offering = await Promise.all(
    named.slice(0, namesShown).map(async (one) => ({ one, isOpen: await offers(one, isWay, session) })),
  );
  const open = offering.filter(({ isOpen }) => isOpen).map(({ one }) => one);
  const found = open.length > 0 ? open : named;
  if (found.length === 1) return found[0]!;
  throw found.length === 0
    ? new ProblemError({
        code: 'not-found',
        message: `There is nothing called "${name}".`,
        fix: 'See what there is: pilothouse resources',
      })
    : new ProblemError({
        code: 'bad-input',
        message: `Several things are called "${name}".`,
        fix: `Say which by its id: ${found
          .slice(0, namesShown)
          .map(({ id }) => id)
          .join(', ')}`,
      });
}

/** What cannot be entered now is no reason to fail: another of the name may be meant, and the daemon says why later. */
async function offers({ id }: Resource, isWay: Wanted['isWay'], session: DaemonSession): Promise<boolean> {
  try {
    return (await session.request('terminal/ways', { id })).ways.some(({ way }) => isWay(way));
  } catch {
    return false;
  }
}

/** What was typed, empty where a yes was enough; undefined for a no. */
export async function askForYes(
  { verdict, effect }: TerminalProposal,
  { io, options }: Pick<CommandContext, 'io' | 'options'>,
): Promise<string | undefined> {
  io.say(effect);
  if (verdict.effect === 'deny') {
    for (const { rule, reason } of verdict.rules) io.say(style.red(`Denied by rule ${rule}: ${reason}`));
    return undefined;
  }
  const { approval } = verdict;
  if (verdict.effect === 'allow' || (options.yes === true && approval.kind === 'button')) return '';
  if (approval.kind === 'typed') io.say(style.yellow(approval.why));
  if (!io.isInteractive) {
    io.say('It needs a yes from somebody at a terminal.');
    return undefined;
  }
  if (approval.kind === 'typed') {
    const answer = await io.ask(
      `Type ${style.bold(approval.expected)} to go on, anything else to leave it: `,
    );
    return answer?.trim() === approval.expected ? approval.expected : undefined;
  }
  const answer = await io.ask(`${style.bold('Open it?')} [y/N] `);
  return /^y(es)?$/i.test(answer?.trim() ?? '') ? '' : undefined;
}

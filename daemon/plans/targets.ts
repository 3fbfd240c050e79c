// From drafts to steps: one step is one operation on one resource. Bulk drafts are spread out, counts become names,
// the connection of a create is chosen, and references to what earlier steps make are tied to those steps.
// It asks no cloud and changes nothing; what cannot be tied to one certain thing is refused with a sentence.

import type { Connection } from '../../shared/model/connection.ts';
import type { Arguments, Operation } from '../../shared/model/operation.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { StepDraft } from '../../shared/model/reading.ts';
import { parseResourceId, type Resource } from '../../shared/model/resource.ts';
import { idsInArgs, type Kit, requireHandler, requireOperation } from './kit.ts';

/** A step whose target is known by its id; nothing about it has been read from the cloud yet. */
export interface RoughStep {
  readonly index: number;
  readonly operation: Operation;
  readonly connection: string;
  readonly target?: Resource;
  readonly targetFromStep?: number;
  readonly args: Arguments;
  readonly after: readonly number[];
}

/** Spreads drafts out. Throws ProblemError for everything that is not certain. */
export function spreadDrafts(
  kit: Kit,
  drafts: readonly StepDraft[],
  place: { readonly connection?: string; readonly connections?: readonly string[] },
): readonly RoughStep[] {
  if (drafts.length === 0) throw bad('There is nothing in it to do.', 'Say what should happen.');
  const steps: RoughStep[] = [];
  /** Draft → its steps. */
  const indexes: number[][] = [];
  drafts.forEach((draft, position) => {
    const connection = place.connections?.[position] ?? place.connection;
    const made = spreadOne(kit, draft, { position, steps, indexes, connection });
    indexes.push(made.map((_, offset) => steps.length + offset));
    steps.push(...made.map((step, offset) => ({ ...step, index: steps.length + offset })));
    if (steps.length > kit.limits.planStepsMax)
      throw bad(
        `It would take more than ${kit.limits.planStepsMax} steps.`,
        'Do it in parts: name fewer things at once.',
      );
  });
  return steps;
}

interface Spread {
  readonly position: number;
  readonly steps: readonly RoughStep[];
  readonly indexes: readonly (readonly number[])[];
  readonly connection: string | undefined;
}

function spreadOne(kit: Kit, draft: StepDraft, spread: Spread): readonly Omit<RoughStep, 'index'>[] {
  const operation = requireOperation(kit, draft.operation);
  if (operation.risk === 'read')
    throw bad(`"${operation.title}" only reads; it is no part of a plan.`, 'Ask for it on its own.');
  const after = afterOf(draft, spread);
  const args = argsWithSteps(operation, draft.args, spread);
  const common = { operation, after: [...new Set([...after, ...args.after])].sort((a, b) => a - b) };
  if (draft.target?.kind === 'created')
    return onCreated(kit, draft.target.step, spread, { ...common, args: args.args });
  if (draft.target) return onResources(kit, draft.target.ids, { ...common, args: args.args });
  if (operation.target !== 'none')
    throw bad(`"${operation.title}" needs something to be done to.`, 'Name it, or select it in the tree.');
  const connection = connectionFor(kit, operation, args.args, spread);
  return namesOf(operation, args.args).map((each) => ({ ...common, connection, args: each }));
}

type Common = Pick<RoughStep, 'operation' | 'after' | 'args'>;

function onResources(kit: Kit, ids: readonly string[], common: Common): readonly Omit<RoughStep, 'index'>[] {
  const { operation } = common;
  const unique = [...new Set(ids)];
  if (unique.length === 0)
    throw bad(`Nothing fits, so there is nothing to do for "${operation.title}".`, 'Say it another way.');
  if (operation.target === 'none')
    throw bad(`"${operation.title}" is not done to something that is there.`, 'Leave the target out.');
  if (operation.target === 'one' && unique.length > 1)
    throw bad(`"${operation.title}" is done to one thing at a time.`, 'Name one.');
  return unique.map((id) => {
    const target = requireResource(kit, id);
    if (target.kind !== operation.kind)
      throw bad(
        `${target.name} is a ${target.kind}, and "${operation.title}" is for a ${operation.kind}.`,
        'Name another one.',
      );
    requireHandler(kit, target.connection, operation);
    return { ...common, connection: target.connection, target };
  });
}

function onCreated(
  kit: Kit,
  draft: number,
  spread: Spread,
  common: Common,
): readonly Omit<RoughStep, 'index'>[] {
  return makersOf(draft, spread).map((maker) => {
    const made = spread.steps[maker]!;
    if (common.operation.kind !== made.operation.kind)
      throw bad(
        `What "${made.operation.title}" makes is no ${common.operation.kind}.`,
        'Name what is meant.',
      );
    requireHandler(kit, made.connection, common.operation);
    const after = [...new Set([...common.after, maker])].sort((a, b) => a - b);
    return { ...common, after, connection: made.connection, targetFromStep: maker };
  });
}

function makersOf(draft: number, spread: Spread): readonly number[] {
  const makers = spread.indexes[draft];
  if (!makers || makers.some((index) => spread.steps[index]!.operation.verb !== 'create'))
    throw bad(
      `Part ${spread.position + 1} goes on with something that no earlier part makes.`,
      'Say the parts in order.',
    );
  return makers;
}

function afterOf(draft: StepDraft, spread: Spread): readonly number[] {
  return draft.after.flatMap((position) => {
    const before = spread.indexes[position];
    if (!before)
      throw bad(
        'The parts wait for each other in a circle, or for one that is not there.',
        'Say the parts in order.',
      );
    return before;
  });
}

/** `$1` in an argument is what the first part makes; it becomes `$step:N` and is filled in when that step is done. */
function argsWithSteps(
  operation: Operation,
  args: Arguments,
  spread: Spread,
): { readonly args: Arguments; readonly after: readonly number[] } {
  const after: number[] = [];
  const entries = Object.entries(args).map(([name, value]) => {
    const isRef = operation.args.some((spec) => spec.name === name && spec.type === 'ref');
    const match = isRef && typeof value === 'string' ? /^\$(\d{1,3})$/.exec(value) : undefined;
    if (!match) return [name, value] as const;
    const [maker, ...others] = makersOf(Number(match[1]) - 1, spread);
    if (maker === undefined || others.length > 0)
      throw bad(`"${name}" would be several things that part ${match[1]} makes.`, 'Name one.');
    after.push(maker);
    return [name, madeBy(maker)] as const;
  });
  return { args: Object.fromEntries(entries), after };
}

/** Stands in an argument for the id of what a step makes. */
export function madeBy(step: number): string {
  return `$step:${step}`;
}

/** The step whose result an argument's value stands for. */
export function makerIn(value: unknown): number | undefined {
  const match = typeof value === 'string' ? /^\$step:(\d{1,3})$/.exec(value) : undefined;
  return match ? Number(match[1]) : undefined;
}

/** `count` of a create becomes so many names: name-1 to name-n. */
function namesOf(operation: Operation, args: Arguments): readonly Arguments[] {
  if (args.count === undefined || !operation.args.some((spec) => spec.name === 'count')) return [args];
  const { count, ...rest } = args;
  const most = operation.args.find((spec) => spec.name === 'count')?.max ?? 100;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > most)
    throw bad(`"count" must be a whole number from 1 to ${most}.`, 'Say how many.');
  if (count === 1) return [rest];
  return Array.from({ length: count }, (_, n) => ({
    ...rest,
    name: `${String(rest.name ?? operation.kind)}-${n + 1}`,
  }));
}

/** The connection something is made in: the one said, the one its arguments are in, or the only one that can. */
function connectionFor(kit: Kit, operation: Operation, args: Arguments, spread: Spread): string {
  const said = spread.connection ?? connectionOfArgs(operation, args);
  const region = typeof args.region === 'string' ? args.region : undefined;
  if (said !== undefined) {
    requireHandler(kit, said, operation);
    const one = kit.connections.get(said);
    if (one && !isOfRegion(one, region)) throw elsewhere([one], region!);
    return said;
  }
  const anywhere = kit.connections.list().filter((one) => one.operations.includes(operation.id));
  const able = anywhere.filter((one) => isOfRegion(one, region));
  if (able.length === 0 && anywhere.length > 0) throw elsewhere(anywhere, region!);
  const [only, ...others] = able;
  if (!only)
    throw new ProblemError({
      code: 'unsupported',
      message: `No connection can do "${operation.title}".`,
      fix: 'Look at the connections; one that failed says there what is wrong.',
    });
  if (others.length > 0)
    throw bad(
      `"${operation.title}" can be done in several places: ${able.map((one) => one.name).join(', ')}.`,
      `Say in which one, or choose it in the tree.`,
    );
  return only.id;
}

/** Whether it works in the region or zone that was said. One that names none may. */
function isOfRegion({ region }: Connection, said: string | undefined): boolean {
  return said === undefined || region === undefined || said.toLowerCase().startsWith(region.toLowerCase());
}

function elsewhere(connections: readonly Connection[], said: string): ProblemError {
  const places = connections.map((one) => `${one.name} (${one.region})`).join(', ');
  return bad(
    `Nothing can be made in ${said} here: ${places}.`,
    'Say one of these regions, or add a connection for the one that is meant.',
  );
}

function connectionOfArgs(operation: Operation, args: Arguments): string | undefined {
  const places = new Set(idsInArgs({ args }, operation).map((id) => parseResourceId(id)!.connection));
  if (places.size > 1)
    throw bad('The things it names are in different connections.', 'Name things of one connection.');
  return [...places][0];
}

function requireResource(kit: Kit, id: string): Resource {
  const resource = kit.graph.get(id);
  if (resource) return resource;
  throw new ProblemError({
    code: 'not-found',
    message: `${parseResourceId(id)?.path ?? id} is not there (any more).`,
    fix: 'Refresh the tree and choose again.',
  });
}

function bad(message: string, fix: string): ProblemError {
  return new ProblemError({ code: 'bad-input', message, fix });
}

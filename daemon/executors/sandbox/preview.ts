// What an operation would do to the simulated cloud: it is carried out on a copy, its transition is let run out, and
// the difference is shown. A refusal of the copy is the refusal of the cloud.

import type { FieldChange, PreviewNote } from '../../../shared/model/plan.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import type { Json } from '../../../shared/model/resource.ts';
import type { HandlerPreview, StepContext } from '../contract.ts';
import { carryOut, type Request } from './carryOut.ts';
import type { Draft } from './draft.ts';
import { quotaSentence, quotaUses, usageOf } from './quota.ts';
import { patched, type Thing } from './thing.ts';
import type { World } from './world.ts';

/** Never throws for what the cloud would refuse: that is a blocker among the notes. */
export function previewRequest(
  world: World,
  context: StepContext,
  request: Omit<Request, 'args' | 'durations'>,
): HandlerPreview {
  const { operation, machine } = request;
  if (machine.kind === 'change' && request.targetId === undefined)
    return {
      effect: `${operation.title} on what an earlier step makes.`,
      changes: [],
      notes: [{ level: 'info', message: 'It is checked as soon as that is there.' }],
      checkedBy: 'none',
      idle: false,
    };
  return world.rehearse((draft) => {
    const step = { draft, args: context.args, mark: request.mark, durations: world.durations };
    const defaults = machine.kind === 'create' ? machine.defaults?.(step) : undefined;
    const args = { ...context.args, ...defaults?.args };
    const effect = effectOf(operation.title, context.target?.name ?? String(args.name ?? ''), args);
    const chosen = (defaults?.notes ?? []).map((message): PreviewNote => ({ level: 'info', message }));
    const resolvedArgs = defaults && Object.keys(defaults.args).length > 0 ? defaults.args : undefined;
    try {
      const rehearsed = rehearse(draft, { ...request, args, durations: world.durations });
      const notes = [...chosen, ...rehearsed.notes];
      return {
        effect,
        changes: rehearsed.changes,
        notes,
        checkedBy: 'dry-run',
        idle: rehearsed.idle,
        quota: rehearsed.quota,
        resolvedArgs,
      };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const { message, fix } = error.problem;
      const notes: readonly PreviewNote[] = [{ level: 'blocker', message, fix }, ...chosen];
      return { effect, changes: [], notes, checkedBy: 'dry-run', idle: false, resolvedArgs };
    }
  });
}

function rehearse(draft: Draft, request: Request) {
  const usage = usageOf(draft);
  const before = request.targetId === undefined ? undefined : draft.get(request.targetId);
  const { idle, createdId } = carryOut(draft, request);
  const id = request.machine.kind === 'create' ? createdId : request.targetId;
  const after = id === undefined ? undefined : outcomeOf(draft.get(id));
  const warning = request.machine.kind === 'change' && before && request.machine.warns?.(before);
  const sentences = [sentenceOfOthers(draft, id), quotaSentence(usage, draft)];
  return {
    idle,
    quota: idle ? [] : quotaUses(usage, draft),
    changes: idle ? [] : differences(before, after),
    notes: [
      ...(warning ? [{ level: 'warning' as const, message: warning }] : []),
      ...sentences
        .filter((message) => message !== '')
        .map((message) => ({ level: 'info' as const, message })),
    ],
  };
}

const othersMax = 6;

/** What else is written beside the target: what hangs on it, or is made of it. */
function sentenceOfOthers(draft: Draft, id: string | undefined): string {
  const others = [...draft.written].filter(([other]) => other !== id);
  if (others.length === 0) return '';
  const names = others.map(([other, thing]) =>
    thing ? `${thing.kind} ${thing.name}` : other.slice(other.indexOf(':') + 1),
  );
  const more = names.length > othersMax ? ` and ${names.length - othersMax} more` : '';
  return `Also changed or made: ${names.slice(0, othersMax).join(', ')}${more}.`;
}

/** The thing as it will be when its transition is over; undefined where it will be gone. */
function outcomeOf(thing: Thing | undefined): Thing | undefined {
  if (!thing?.due) return thing;
  return thing.due.outcome.gone ? undefined : patched(thing, thing.due.outcome);
}

/** Fields as a person reads them: status, tags one by one, attributes. */
function fieldsOf(thing: Thing | undefined): Readonly<Record<string, Json>> {
  if (!thing) return {};
  const tags = Object.fromEntries(Object.entries(thing.tags).map(([name, value]) => [`tags.${name}`, value]));
  return { status: thing.status, ...tags, ...thing.attributes };
}

function differences(before: Thing | undefined, after: Thing | undefined): readonly FieldChange[] {
  if (before && !after) return [{ field: 'status', before: before.status, after: 'gone' }];
  const [old, next] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(next)])].flatMap((field) =>
    JSON.stringify(old[field]) === JSON.stringify(next[field])
      ? []
      : [{ field, before: old[field], after: next[field] }],
  );
}

/** "Create VM dev-box (flavor S.4, image ubuntu-24.04)." */
function effectOf(title: string, name: string, args: Readonly<Record<string, Json>>): string {
  const details = Object.entries(args)
    .filter(([key, value]) => key !== 'name' && value !== null && !(key === 'count' && value === 1))
    .map(([key, value]) => `${key.replaceAll('_', ' ')} ${textOf(value)}`);
  const about = details.length > 0 ? ` (${details.join(', ')})` : '';
  return `${[title, name].filter((part) => part !== '').join(' ')}${about}.`;
}

function textOf(value: Json): string {
  if (Array.isArray(value)) return value.map(textOf).join(' and ');
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, one]) => `${name}=${textOf(one)}`)
      .join(' and ');
  const text = String(value);
  return text.startsWith('sandbox:') ? text.slice(text.indexOf('/') + 1) : text;
}

// Turns "50 GB more", "twice as large", "two more copies" into the value it leads to, from the target as it is now, so
// that a person sees the number and the runner writes the number: a relative change done twice would be twice as much.

import type { Arguments } from '../../shared/model/operation.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { Json, Resource } from '../../shared/model/resource.ts';

/** Relative argument → the absolute one it becomes, which is also the attribute it starts from. */
const relative = {
  delta_gb: ['size_gb'],
  delta: ['replicas', 'size_gb'],
  factor: ['size_gb', 'replicas'],
} as const;
type RelativeName = keyof typeof relative;

/** Arguments without relative ones. `takes` are the names the operation knows. Throws ProblemError `bad-input`. */
export function foldRelative(
  args: Arguments,
  takes: readonly string[],
  target: Resource | undefined,
): Arguments {
  const given = (Object.keys(relative) as RelativeName[]).filter(
    (name) => args[name] !== undefined && !takes.includes(name),
  );
  const [name, ...others] = given;
  if (!name) return args;
  const absolute = relative[name].find((one) => takes.includes(one));
  if (!absolute || others.length > 0 || args[absolute] !== undefined)
    throw bad('The change is said in two ways that do not fit together.', 'Say the new value only.');
  const { [name]: amount, ...rest } = args;
  return { ...rest, [absolute]: absoluteOf(name, amount, absolute, target) };
}

function absoluteOf(
  name: RelativeName,
  amount: Json | undefined,
  absolute: string,
  target: Resource | undefined,
): number {
  if (typeof amount !== 'number' || !Number.isFinite(amount))
    throw bad(`"${name}" must be a number.`, 'Say the new value instead.');
  const now = target?.attributes[absolute];
  if (!target || typeof now !== 'number')
    throw bad(
      `What ${target?.name ?? 'it'} has now cannot be read, so a relative change is not possible.`,
      'Say the new value instead.',
    );
  const value = name === 'factor' ? now * amount : now + amount;
  // Half a GB or half a copy does not exist: the larger one is what the person gets at least.
  return Math.ceil(Number(value.toFixed(6)));
}

function bad(message: string, fix: string): ProblemError {
  return new ProblemError({ code: 'bad-input', message, fix });
}

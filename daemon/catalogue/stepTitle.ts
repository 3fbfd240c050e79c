// One line for a step, as it stands in a plan, the journal and the audit: "Resize VM web-1 to M.8". It says what a
// person has to know before a yes; values that a cloud chose are quoted as they are, without control characters.

import type { ArgumentSpec, Arguments, Operation } from '../../shared/model/operation.ts';
import type { Json } from '../../shared/model/resource.ts';

/** Words before a value in a title, by argument; others are written as `name value`. */
const linking: Readonly<Record<string, string>> = {
  to: 'to',
  flavor: 'to',
  size_gb: 'to',
  replicas: 'to',
  image: 'to',
  host: 'to',
  to_revision: 'to revision',
  name: 'as',
  port: 'port',
  ip: 'address',
  tags: 'with',
  keys: 'without',
};

/**
 * The title of a step. `nameOf` turns an id in an argument into a name; without it the last part of the id stands.
 */
export function stepTitle(
  operation: Operation,
  targetName: string | undefined,
  args: Arguments,
  nameOf: (id: string) => string | undefined = () => undefined,
): string {
  if (operation.verb === 'create') return createTitle(operation, args, nameOf);
  const parts = operation.args.flatMap((spec) => partOf(spec, args[spec.name], nameOf));
  return [operation.title, targetName, ...parts]
    .filter((part) => part !== undefined && part !== '')
    .map((part) => clean(String(part)))
    .join(' ');
}

function createTitle(
  operation: Operation,
  args: Arguments,
  nameOf: (id: string) => string | undefined,
): string {
  const details = operation.args
    .filter(
      (spec) => spec.name !== 'name' && args[spec.name] !== undefined && args[spec.name] !== spec.default,
    )
    .map((spec) => valueText(spec, args[spec.name]!, nameOf));
  const name = args.name === undefined ? '' : ` ${clean(String(args.name))}`;
  return `${operation.title}${name}${details.length > 0 ? ` (${details.map(clean).join(', ')})` : ''}`;
}

function partOf(
  spec: ArgumentSpec,
  value: Json | undefined,
  nameOf: (id: string) => string | undefined,
): readonly string[] {
  if (value === undefined || value === null || value === false) return [];
  // The version of an edit tells a person nothing; that it is one is said by the preview.
  if (spec.type === 'manifest' || spec.name === 'version') return [];
  if (spec.type === 'boolean') return [spec.name];
  if (spec.name === 'protocol' && value === 'tcp') return [];
  return [`${linking[spec.name] ?? spec.name.replace(/_(s|gb)$/, '')} ${valueText(spec, value, nameOf)}`];
}

function valueText(spec: ArgumentSpec, value: Json, nameOf: (id: string) => string | undefined): string {
  if (spec.type === 'size_gb') return `${value} GB`;
  if (spec.type === 'seconds') return durationText(Number(value));
  if (spec.type === 'ref') return refText(String(value), nameOf);
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([key, one]) => `${key}=${String(one)}`)
      .join(', ');
  }
  return spec.name === 'count' ? `${value} of them` : String(value);
}

function refText(value: string, nameOf: (id: string) => string | undefined): string {
  if (value === 'any') return 'any free one';
  return (
    nameOf(value) ?? (/^[^:/\s]+:[a-z-]+\//.test(value) ? value.slice(value.lastIndexOf('/') + 1) : value)
  );
}

/** "2 h 30 min" for 9000 seconds. */
function durationText(seconds: number): string {
  const units = [
    [86_400, 'd'],
    [3_600, 'h'],
    [60, 'min'],
    [1, 's'],
  ] as const;
  let rest = Math.round(seconds);
  const parts: string[] = [];
  for (const [size, unit] of units) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) parts.push(`${amount} ${unit}`);
  }
  return parts.join(' ') || '0 s';
}

function clean(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim();
}

// What a person types for an argument, turned into its value or into a sentence that says what is wrong. The daemon
// checks again; this only spares a round trip. Pure.

import type { Kind } from '../../shared/model/kind.ts';
import type { ArgumentSpec } from '../../shared/model/operation.ts';
import type { Json, Resource } from '../../shared/model/resource.ts';
import { fieldLabel, valueText } from '../../shared/panel/planText.ts';

export type Parsed =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly problem: string };

const wholeNumber = /^-?\d+$/;
const decimal = /^\d+(?:\.\d+)?$/;
const cidr = /^[0-9a-fA-F.:]+\/\d{1,3}$/;
const durations: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };

/** The value of `text` for an argument. Empty text is no value and must not come here. */
export function parseArgument(spec: ArgumentSpec, text: string): Parsed {
  const typed = text.trim();
  switch (spec.type) {
    case 'integer':
    case 'port':
      return wholeNumber.test(typed) ? inRange(spec, Number(typed)) : no('a whole number');
    case 'size_gb':
      return parseSize(spec, typed);
    case 'seconds':
      return parseSeconds(spec, typed);
    case 'time':
      return Number.isNaN(Date.parse(typed))
        ? no('a time like 2026-11-20T10:00Z')
        : yes(new Date(typed).toISOString());
    case 'cidr':
      return cidr.test(typed) ? yes(typed) : no('an address range like 10.0.0.0/24');
    case 'boolean':
      return /^(yes|no|true|false)$/i.test(typed) ? yes(/^(yes|true)$/i.test(typed)) : no('yes or no');
    case 'tags':
      return parseTags(typed);
    case 'keys':
    case 'names':
      return yes(
        typed
          .split(',')
          .map((part) => part.trim())
          .filter((part) => part !== ''),
      );
    case 'choice':
      return spec.choices?.includes(typed) === false ? no(`one of ${spec.choices.join(', ')}`) : yes(typed);
    case 'name':
    case 'text':
    case 'manifest':
    case 'protocol':
    case 'metric':
    case 'ref':
      return yes(typed);
  }
}

function yes(value: Json): Parsed {
  return { ok: true, value };
}

function no(wanted: string): Parsed {
  return { ok: false, problem: `This has to be ${wanted}.` };
}

function inRange(spec: ArgumentSpec, value: number): Parsed {
  const min = spec.min ?? (spec.type === 'port' ? 1 : undefined);
  const max = spec.max ?? (spec.type === 'port' ? 65_535 : undefined);
  if (min !== undefined && value < min) return no(`at least ${min}`);
  if (max !== undefined && value > max) return no(`at most ${max}`);
  return yes(value);
}

/** "100", "100 GB" or "1.5 TB"; 1 TB is 1024 GB. */
function parseSize(spec: ArgumentSpec, typed: string): Parsed {
  const match = /^([\d.]+)\s*(gb?|gib|tb?|tib)?$/i.exec(typed);
  if (!match || !decimal.test(match[1]!)) return no('a size in GB, like 100');
  const factor = match[2]?.toLowerCase().startsWith('t') ? 1_024 : 1;
  return inRange(spec, Number(match[1]) * factor);
}

/** "90", "15m", "2 h": seconds. */
function parseSeconds(spec: ArgumentSpec, typed: string): Parsed {
  const match = /^(\d+)\s*([smhdw])?$/i.exec(typed);
  if (!match) return no('a length of time, like 90, 15m or 2h');
  return inRange(spec, Number(match[1]) * durations[match[2]?.toLowerCase() ?? 's']!);
}

function parseTags(typed: string): Parsed {
  const pairs = typed
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => part.split('='));
  if (pairs.some(([key, ...value]) => key?.trim() === '' || value.length !== 1))
    return no('key=value, key=value');
  return yes(Object.fromEntries(pairs.map(([key, value]) => [key!.trim(), value!.trim()])));
}

/**
 * Which of all members of a kind are offered for an operation on `target` (its id; absent where it has none): snapshots
 * only of what they are taken of, newest first, because another's would put back somebody else's data. Those that do
 * not say what they are of are offered where none does.
 */
export function offeredTo(
  target: string | undefined,
  kind: Kind,
  members: readonly Resource[],
): readonly Resource[] {
  if (target === undefined || kind !== 'snapshot') return members;
  const own = members.filter(({ attributes }) => attributes.source === target);
  const offered = own.length > 0 ? own : members.filter(({ attributes }) => attributes.source === undefined);
  return [...offered].sort((a, b) => (b.createdAt ?? '').localeCompare(a.createdAt ?? ''));
}

/** "network (optional): network it is put into". */
export function promptOf(spec: ArgumentSpec): string {
  return `${spec.doc.replace(/\.$/, '')}.`;
}

export function titleOf(spec: ArgumentSpec): string {
  const label = fieldLabel(spec.name);
  return label[0]!.toUpperCase() + label.slice(1);
}

/** What the input shows while empty. */
export function hintOf(spec: ArgumentSpec): string {
  if (spec.default !== undefined) return `Default: ${valueText(spec.default)}`;
  switch (spec.type) {
    case 'tags':
      return 'key=value, key=value';
    case 'keys':
    case 'names':
      return 'one, two';
    case 'size_gb':
      return 'GB';
    case 'seconds':
      return '15m, 2h, 1d';
    case 'cidr':
      return '10.0.0.0/24';
    case 'port':
      return '443';
    default:
      return '';
  }
}

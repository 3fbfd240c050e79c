// The strict check of a step's arguments, derived from the catalogue: plans, the language model's answers and forms
// all pass through it. Errors are sentences a person can act on; nothing is converted or filled in silently.

import { z } from 'zod';
import { metricNames } from '../../shared/model/metric.ts';
import type { ArgumentSpec, Arguments, Operation } from '../../shared/model/operation.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import { limits } from '../config.ts';

const name = z
  .string()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N}._:/-]{0,254}$/u,
    'may only have letters, digits, and . _ : / - after the first',
  );
const text = z.string().min(1).max(500).refine(isPrintable, 'may not have control characters');
const manifest = z
  .string()
  .min(1)
  .max(limits.manifestCharactersMax)
  .refine((value) => isPrintable(value.replace(/[\n\r\t]/g, '')), 'may not have control characters');
const isoTime = z
  .string()
  .refine(
    (value) => /^\d{4}-\d\d-\d\d/.test(value) && !Number.isNaN(Date.parse(value)),
    'must be a time, ISO 8601',
  );
const cidr = z
  .string()
  .regex(/^[0-9a-fA-F:.]{2,45}\/\d{1,3}$/, 'must be an address range such as 10.0.0.0/24');
const tagKey = z.string().min(1).max(256).refine(isPrintable, 'may not have control characters');
const tagValue = z.string().max(256).refine(isPrintable, 'may not have control characters');

function isPrintable(value: string): boolean {
  return !/\p{Cc}/u.test(value);
}

function schemaOf(spec: ArgumentSpec): z.ZodType {
  switch (spec.type) {
    case 'name':
      return name;
    case 'manifest':
      return manifest;
    case 'text':
    case 'ref':
      return text;
    case 'integer':
    case 'port':
      return bounded(z.number().int('must be a whole number'), spec);
    case 'size_gb':
    case 'seconds':
      return bounded(z.number(), spec);
    case 'time':
      return isoTime;
    case 'boolean':
      return z.boolean();
    case 'protocol':
    case 'choice':
      return z.enum((spec.choices ?? []) as [string, ...string[]]);
    case 'cidr':
      return cidr;
    case 'tags':
      return z
        .record(tagKey, tagValue)
        .refine(
          (tags) => Object.keys(tags).length > 0 && Object.keys(tags).length <= 50,
          'needs 1 to 50 tags',
        );
    case 'keys':
    case 'names':
      return z.array(tagKey).min(1).max(50);
    case 'metric':
      return z.enum(metricNames);
    default:
      return spec.type satisfies never;
  }
}

function bounded(schema: z.ZodNumber, spec: ArgumentSpec): z.ZodNumber {
  const low = spec.min === undefined ? schema : schema.min(spec.min, `must be at least ${spec.min}`);
  return spec.max === undefined ? low : low.max(spec.max, `must be at most ${spec.max}`);
}

const schemas = new WeakMap<Operation, z.ZodType<Arguments>>();

/** Strict schema of an operation's arguments: unknown names are refused, required ones must be there. */
export function argumentSchema(operation: Operation): z.ZodType<Arguments> {
  const known = schemas.get(operation);
  if (known) return known;
  const shape = Object.fromEntries(
    operation.args.map((spec) => [
      spec.name,
      spec.required && spec.default === undefined ? schemaOf(spec) : schemaOf(spec).optional(),
    ]),
  );
  const schema = z.strictObject(shape) as unknown as z.ZodType<Arguments>;
  schemas.set(operation, schema);
  return schema;
}

/** Checks arguments. Throws ProblemError `bad-input` with a sentence that names the argument. */
export function requireArguments(operation: Operation, args: unknown): Arguments {
  const result = argumentSchema(operation).safeParse(args);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw new ProblemError({
    code: 'bad-input',
    message: `${operation.title}: ${sentenceOf(issue, operation, args)}`,
    fix: fixOf(issue, operation),
  });
}

/**
 * Arguments with what a preview settled: those of the catalogue are checked; an executor may settle others for itself
 * (the rules it would close, by id), and they are kept as they are. Throws ProblemError `bad-input`.
 */
export function settleArguments(operation: Operation, args: Arguments, settled: Arguments = {}): Arguments {
  const own = Object.entries(settled).filter(([name]) => !operation.args.some((spec) => spec.name === name));
  return {
    ...requireArguments(operation, knownArguments(operation, { ...args, ...settled })),
    ...Object.fromEntries(own),
  };
}

/** Without what an executor settled for itself: for another step that is made of this one. */
export function knownArguments(operation: Operation, args: Arguments): Arguments {
  const names = new Set(operation.args.map((spec) => spec.name));
  return Object.fromEntries(Object.entries(args).filter(([name]) => names.has(name)));
}

function sentenceOf(issue: z.core.$ZodIssue, operation: Operation, args: unknown): string {
  if (issue.code === 'unrecognized_keys') return `there is no argument "${issue.keys[0]}".`;
  const argument = String(issue.path[0] ?? 'the arguments');
  const spec = operation.args.find((one) => one.name === argument);
  if (spec && !Object.hasOwn(Object(args), argument)) return `"${argument}" is missing.`;
  if (issue.code === 'invalid_value') return `"${argument}" must be one of ${issue.values.join(', ')}.`;
  return `"${argument}" ${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}.`;
}

function fixOf(issue: z.core.$ZodIssue, operation: Operation): string {
  const spec = operation.args.find((one) => one.name === issue.path[0]);
  if (spec) return `${spec.name}: ${spec.doc}`;
  const names = operation.args.map((one) => one.name);
  return names.length === 0 ? 'It takes no arguments.' : `It takes: ${names.join(', ')}.`;
}

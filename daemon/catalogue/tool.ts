// An operation as a tool for a language model: a name, what it does, and a JSON Schema of targets and arguments. What
// comes back is untrusted; it passes `argumentSchema`, linking, the rules and a person before anything happens.

import { metricNames } from '../../shared/model/metric.ts';
import type { ArgumentSpec, Operation } from '../../shared/model/operation.ts';
import type { Json } from '../../shared/model/resource.ts';

export interface Tool {
  /** Letters, digits, `_` and `-` only, as tool calling asks for: `resize_volume`. */
  readonly name: string;
  readonly description: string;
  readonly parameters: { readonly [key: string]: Json };
}

/** The name of an operation's tool. */
export function toolName(operation: Operation): string {
  return operation.id.replaceAll('.', '_');
}

/** Describes an operation to a language model. */
export function toolOf(operation: Operation): Tool {
  const properties: Record<string, Json> = {};
  if (operation.target !== 'none') {
    properties.targets = {
      type: 'array',
      items: { type: 'string' },
      minItems: operation.target === 'optional' ? 0 : 1,
      description: 'Ids of the resources, exactly as the queries gave them. Never invent one.',
    };
  }
  for (const spec of operation.args) properties[spec.name] = jsonSchemaOf(spec);
  const required = [
    ...(operation.target === 'one' || operation.target === 'many' ? ['targets'] : []),
    ...operation.args.filter((spec) => spec.required && spec.default === undefined).map((spec) => spec.name),
  ];
  return {
    name: toolName(operation),
    description: `${operation.title}. ${operation.doc}`,
    parameters: { type: 'object', properties, required, additionalProperties: false },
  };
}

function jsonSchemaOf(spec: ArgumentSpec): { readonly [key: string]: Json } {
  return { ...typeOf(spec), description: spec.doc };
}

function typeOf(spec: ArgumentSpec): { readonly [key: string]: Json } {
  switch (spec.type) {
    case 'integer':
    case 'port':
      return { type: 'integer', ...boundsOf(spec) };
    case 'size_gb':
    case 'seconds':
      return { type: 'number', ...boundsOf(spec) };
    case 'boolean':
      return { type: 'boolean' };
    case 'choice':
    case 'protocol':
      return { type: 'string', enum: [...(spec.choices ?? [])] };
    case 'metric':
      return { type: 'string', enum: [...metricNames] };
    case 'tags':
      return { type: 'object', additionalProperties: { type: 'string' } };
    case 'keys':
    case 'names':
      return { type: 'array', items: { type: 'string' } };
    case 'name':
    case 'text':
    case 'manifest':
    case 'time':
    case 'cidr':
    case 'ref':
      return { type: 'string' };
    default:
      return spec.type satisfies never;
  }
}

function boundsOf(spec: ArgumentSpec): { readonly [key: string]: Json } {
  return {
    ...(spec.min === undefined ? {} : { minimum: spec.min }),
    ...(spec.max === undefined ? {} : { maximum: spec.max }),
  };
}

// How a pattern is walked: where it begins and in which order its edges follow. It begins where fewest resources come
// into question (something bound already, an id, a name, a label), because every step multiplies. Pure.

import { kinds } from '../../shared/model/kind.ts';
import { relationTypes } from '../../shared/model/resource.ts';
import type { Expression, NodePattern, PatternPart, RelationshipPattern } from './ast.ts';
import { hasLabel, normalLabel } from './compile.ts';
import type { Environment } from './scope.ts';
import { conjunctsOf, namesIn } from './walk.ts';

export interface NodeElement {
  readonly name: string;
  readonly labels: readonly string[];
}
export interface EdgeElement {
  readonly name: string;
  /** Empty: all. */
  readonly types: ReadonlySet<string>;
  readonly direction: RelationshipPattern['direction'];
  readonly length?: RelationshipPattern['length'];
}
export interface Part {
  readonly path?: string;
  readonly nodes: readonly NodeElement[];
  readonly edges: readonly EdgeElement[];
}

/** Where candidates for a node come from. */
export type Seed =
  | { readonly kind: 'bound' }
  | { readonly kind: 'id' | 'name'; readonly value: Expression }
  | { readonly kind: 'kinds'; readonly kinds: readonly string[] }
  | { readonly kind: 'all' };

export type Step =
  | { readonly kind: 'anchor'; readonly node: NodeElement; readonly seed: Seed }
  | {
      readonly kind: 'expand';
      readonly from: NodeElement;
      readonly edge: EdgeElement;
      readonly to: NodeElement;
      /** Walked against the order in which the pattern is written. */
      readonly reversed: boolean;
    };

export interface Named {
  readonly parts: readonly Part[];
  /** WHERE and the properties in the pattern, each a condition that has to hold. */
  readonly conditions: readonly Expression[];
}

/** Gives every node and edge a name, and makes conditions of properties. Throws where a label or type is not known. */
export function nameParts(
  parts: readonly PatternPart[],
  where: Expression | undefined,
  env: Environment,
  isTaken: (name: string) => boolean,
): Named {
  const conditions: Expression[] = [];
  const edgeNames = new Set<string>();
  let count = 0;
  const hidden = (): string => {
    let name: string;
    do name = ` ${count++}`;
    while (isTaken(name));
    return name;
  };
  const nameNode = (node: NodePattern): NodeElement => {
    const name = node.variable ?? hidden();
    for (const label of node.labels) requireLabel(label, node.at, env);
    conditions.push(...conditionsOf(name, node.properties, env));
    return { name, labels: node.labels.map(normalLabel) };
  };
  const nameEdge = (edge: RelationshipPattern): EdgeElement => {
    const name = edge.variable ?? hidden();
    if (edgeNames.has(name)) throw env.fail(`"${name}" stands for two relations of one MATCH`, edge.at);
    edgeNames.add(name);
    conditions.push(...conditionsOf(name, edge.properties, env));
    const types = new Set(edge.types.map((type) => requireType(type, edge.at, env)));
    return { name, types, direction: edge.direction, ...(edge.length && { length: edge.length }) };
  };
  const named = parts.map(({ path, nodes, relationships }) => ({
    ...(path !== undefined && { path }),
    nodes: nodes.map(nameNode),
    edges: relationships.map(nameEdge),
  }));
  return { parts: named, conditions: [...conjunctsOf(where), ...conditions] };
}

function requireLabel(label: string, at: number, env: Environment): void {
  const normal = normalLabel(label);
  if (kinds.some((kind) => hasLabel(kind, normal))) return;
  throw env.fail(`There is no kind "${label}"; there are ${[...kinds].sort().join(', ')} and resource`, at);
}

function requireType(type: string, at: number, env: Environment): string {
  const upper = type.toUpperCase();
  if ((relationTypes as readonly string[]).includes(upper)) return upper;
  throw env.fail(`There is no relation "${type}"; there are ${relationTypes.join(', ')}`, at);
}

/** `{name: 'x'}` of a node is the condition that its name is x. */
function conditionsOf(
  name: string,
  properties: Expression | undefined,
  env: Environment,
): readonly Expression[] {
  if (!properties) return [];
  const { at } = properties;
  const equal = (property: string, right: Expression): Expression => ({
    kind: 'comparison',
    at,
    first: { kind: 'property', at, of: { kind: 'variable', at, name }, name: property },
    rest: [{ operator: '=', right }],
  });
  if (properties.kind === 'map') return properties.entries.map(([key, value]) => equal(key, value));
  const given = properties.kind === 'parameter' ? env.parameters[properties.name] : undefined;
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw env.fail('A pattern takes its properties from a map', at);
  return Object.keys(given).map((key) => equal(key, { kind: 'property', at, of: properties, name: key }));
}

/** The steps of all parts, the cheapest beginning first. */
export function planSteps({ parts, conditions }: Named, isOuter: (name: string) => boolean): readonly Step[] {
  const bound = new Set<string>();
  const isBound = (name: string) => bound.has(name) || isOuter(name);
  const steps: Step[] = [];
  const left = new Set(parts);
  while (left.size > 0) {
    let best: { part: Part; index: number; seed: Seed; cost: number } | undefined;
    for (const part of left)
      part.nodes.forEach((node, index) => {
        const seed = seedOf(node, conditions, isBound);
        const cost = costOf(seed, node, conditions);
        if (!best || cost < best.cost) best = { part, index, seed, cost };
      });
    const { part, index, seed } = best!;
    left.delete(part);
    steps.push({ kind: 'anchor', node: part.nodes[index]!, seed });
    for (let at = index; at < part.edges.length; at++) steps.push(expandStep(part, at, at, at + 1));
    for (let at = index - 1; at >= 0; at--) steps.push(expandStep(part, at, at + 1, at));
    for (const { name } of [...part.nodes, ...part.edges]) bound.add(name);
  }
  return steps;
}

function expandStep(part: Part, edge: number, from: number, to: number): Step {
  const [a, b] = [part.nodes[from]!, part.nodes[to]!];
  return { kind: 'expand', from: a, edge: part.edges[edge]!, to: b, reversed: to < from };
}

function seedOf(
  node: NodeElement,
  conditions: readonly Expression[],
  isBound: (name: string) => boolean,
): Seed {
  if (isBound(node.name)) return { kind: 'bound' };
  for (const property of ['id', 'name'] as const)
    for (const condition of conditions) {
      const value = equalTo(condition, node.name, property);
      if (value && [...namesIn(value)].every(isBound)) return { kind: property, value };
    }
  const label = node.labels.find((one) => one !== 'resource');
  if (label === undefined) return { kind: 'all' };
  return { kind: 'kinds', kinds: kinds.filter((kind) => hasLabel(kind, label)) };
}

/** What `name.property` has to be equal to by this condition. */
function equalTo(condition: Expression, name: string, property: string): Expression | undefined {
  if (condition.kind !== 'comparison' || condition.rest.length !== 1 || condition.rest[0]!.operator !== '=')
    return undefined;
  const [a, b] = [condition.first, condition.rest[0]!.right];
  const isIt = (side: Expression) =>
    side.kind === 'property' &&
    side.name === property &&
    side.of.kind === 'variable' &&
    side.of.name === name;
  return isIt(a) ? b : isIt(b) ? a : undefined;
}

const costs = { bound: 0, id: 1, name: 2, kinds: 100, all: 1_000 };

function costOf(seed: Seed, node: NodeElement, conditions: readonly Expression[]): number {
  const isNarrowed = conditions.some((condition) => namesIn(condition).has(node.name));
  return costs[seed.kind] - (isNarrowed && seed.kind !== 'bound' ? 0.5 : 0);
}

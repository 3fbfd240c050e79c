// Finds a pattern: from a row, all ways in which nodes and edges fit, each relation at most once in a MATCH. Conditions
// are asked as soon as the names they speak of are there. It reads the graph as it goes; what changes meanwhile may be
// seen or not, as in a graph database without snapshots.

import type { Resource } from '../../shared/model/resource.ts';
import type { Expression, PatternPart } from './ast.ts';
import { compile, compileCondition, hasLabel } from './compile.ts';
import {
  type EdgeElement,
  type NodeElement,
  nameParts,
  type Part,
  planSteps,
  type Seed,
  type Step,
} from './plan.ts';
import { type Environment, extended, type Matcher, type Row, type Rows, type Scope } from './scope.ts';
import { EdgeValue, keyOf, NodeValue, PathValue, type Value } from './values.ts';
import { namesIn } from './walk.ts';

interface State {
  readonly row: Value[];
  /** Relations that are part of the way now. */
  readonly used: EdgeValue[];
}
type Solve = (state: State) => Generator<Row | undefined>;
type Condition = (row: Row) => boolean;

interface Bench {
  readonly env: Environment;
  readonly scope: Scope;
  readonly slotOf: (name: string) => number;
}

/** Throws ProblemError for names, labels and types that are not known. */
export function compileMatcher(
  parts: readonly PatternPart[],
  where: Expression | undefined,
  outer: Scope,
  env: Environment,
): Matcher {
  const named = nameParts(parts, where, env, (name) => outer.names.has(name));
  const isOuter = (name: string) => outer.names.has(name);
  const inPattern = named.parts.flatMap(({ path, nodes, edges }) => [
    ...[...nodes, ...edges].map(({ name }) => name),
    ...(path === undefined ? [] : [path]),
  ]);
  const scope = extended(
    outer,
    [...new Set(inPattern)].filter((name) => !isOuter(name)),
  );
  const bench: Bench = { env, scope, slotOf: (name) => scope.names.get(name)! };
  const solve = chain(named.parts, planSteps(named, isOuter), named.conditions, isOuter, bench);
  return {
    scope,
    *run(row): Rows {
      const own: Value[] = row.slice(0, outer.size);
      while (own.length < scope.size) own.push(null);
      yield* solve({ row: own, used: [] });
    },
  };
}

/** The steps one after the other, each asking the conditions it makes answerable. */
function chain(
  parts: readonly Part[],
  steps: readonly Step[],
  conditions: readonly Expression[],
  isOuter: (name: string) => boolean,
  bench: Bench,
): Solve {
  const left = new Set(conditions);
  const bound = new Set<string>();
  const own = new Set([...bench.scope.names.keys()].filter((name) => !isOuter(name)));
  const take = (): readonly Condition[] => {
    const ready = [...left].filter((one) =>
      [...namesIn(one)].every((name) => !own.has(name) || bound.has(name)),
    );
    for (const one of ready) left.delete(one);
    return ready.map((one) => compileCondition(one, bench.scope, bench.env));
  };
  const first = take();
  const made = steps.map((step) => {
    const isNew = (name: string) => !isOuter(name) && !bound.has(name);
    const node = step.kind === 'anchor' ? step.node : step.to;
    const [isNewNode, isNewEdge] = [isNew(node.name), step.kind === 'expand' && isNew(step.edge.name)];
    bound.add(node.name);
    if (step.kind === 'expand') bound.add(step.edge.name);
    return { step, isNewNode, isNewEdge, ready: take() };
  });
  for (const { path } of parts) if (path !== undefined) bound.add(path);
  let next = emitting(parts, take(), bench);
  for (const { step, isNewNode, isNewEdge, ready } of made.toReversed())
    next =
      step.kind === 'anchor'
        ? anchoring(step, isNewNode, ready, next, bench)
        : expanding(step, isNewNode, isNewEdge, ready, next, bench);
  const begin = next;
  return function* (state) {
    if (first.every((holds) => holds(state.row))) yield* begin(state);
  };
}

function emitting(parts: readonly Part[], ready: readonly Condition[], bench: Bench): Solve {
  const paths = parts.filter(({ path }) => path !== undefined);
  return function* ({ row }) {
    const made = row.slice();
    for (const part of paths) made[bench.slotOf(part.path!)] = pathOf(part, row, bench);
    if (ready.every((holds) => holds(made))) yield made;
  };
}

/** Puts a node into its place; false where it does not fit what is asked of it. */
function binding(
  node: NodeElement,
  isNew: boolean,
  ready: readonly Condition[],
  { slotOf }: Bench,
): (state: State, resource: Resource) => boolean {
  const slot = slotOf(node.name);
  return (state, resource) => {
    if (!node.labels.every((label) => hasLabel(resource.kind, label))) return false;
    if (isNew) state.row[slot] = new NodeValue(resource);
    else {
      const known = state.row[slot];
      if (!(known instanceof NodeValue) || known.resource.id !== resource.id) return false;
    }
    return ready.every((holds) => holds(state.row));
  };
}

function anchoring(
  { node, seed }: Extract<Step, { kind: 'anchor' }>,
  isNew: boolean,
  ready: readonly Condition[],
  next: Solve,
  bench: Bench,
): Solve {
  const bind = binding(node, isNew, ready, bench);
  const candidates = candidatesOf(seed, bench.slotOf(node.name), bench);
  const { budget } = bench.env;
  return function* (state) {
    for (const resource of candidates(state.row)) {
      if (budget.step()) yield undefined;
      if (bind(state, resource)) yield* next(state);
    }
  };
}

/** Lists are copied: the graph may change while others have a turn. */
function candidatesOf(seed: Seed, slot: number, { env, scope }: Bench): (row: Row) => Iterable<Resource> {
  const { graph } = env;
  switch (seed.kind) {
    case 'bound':
      return (row) => {
        const value = row[slot];
        return value instanceof NodeValue ? [value.resource] : [];
      };
    case 'id': {
      const id = compile(seed.value, scope, env);
      return (row) => {
        const value = id(row);
        const found = typeof value === 'string' ? graph.get(value) : undefined;
        return found ? [found] : [];
      };
    }
    case 'name': {
      const name = compile(seed.value, scope, env);
      return (row) => {
        const value = name(row);
        return typeof value === 'string' ? graph.match({ name: value }) : [];
      };
    }
    case 'kinds':
      return () => seed.kinds.flatMap((kind) => graph.list({ kind }));
    case 'all':
      return () => [...graph.all()];
  }
}

function expanding(
  step: Extract<Step, { kind: 'expand' }>,
  isNewNode: boolean,
  isNewEdge: boolean,
  ready: readonly Condition[],
  next: Solve,
  bench: Bench,
): Solve {
  const { env, slotOf } = bench;
  const { edge, reversed } = step;
  const bind = binding(step.to, isNewNode, ready, bench);
  const [fromSlot, edgeSlot] = [slotOf(step.from.name), slotOf(edge.name)];
  const edgesOf = edgesFrom(edge, reversed, env);
  const putEdge = (state: State, value: Value): boolean => {
    if (!isNewEdge) return keyOf(state.row[edgeSlot] ?? null) === keyOf(value);
    state.row[edgeSlot] = value;
    return true;
  };
  if (!edge.length)
    // Most edges of most patterns: no way to remember, and nothing to make for each.
    return function* (state) {
      const start = state.row[fromSlot];
      if (!(start instanceof NodeValue)) return;
      for (const { other, value } of edgesOf(start.resource.id)) {
        if (env.budget.step()) yield undefined;
        if (state.used.some((used) => isSameEdge(used, value))) continue;
        const resource = env.graph.get(other);
        if (!resource || !putEdge(state, value) || !bind(state, resource)) continue;
        state.used.push(value);
        yield* next(state);
        state.used.pop();
      }
    };
  const { min, max } = edge.length;
  return function* (state) {
    const start = state.row[fromSlot];
    if (!(start instanceof NodeValue)) return;
    const way: EdgeValue[] = [];
    const arrive = function* (resource: Resource): Generator<Row | undefined> {
      const value = reversed ? way.toReversed() : way.slice();
      if (putEdge(state, value) && bind(state, resource)) yield* next(state);
    };
    const walk = function* (from: Resource): Generator<Row | undefined> {
      if (way.length >= min) yield* arrive(from);
      if (max !== undefined && way.length >= max) return;
      for (const { other, value } of edgesOf(from.id)) {
        if (env.budget.step()) yield undefined;
        if (state.used.some((used) => isSameEdge(used, value))) continue;
        const resource = env.graph.get(other);
        if (!resource) continue;
        way.push(value);
        state.used.push(value);
        yield* walk(resource);
        state.used.pop();
        way.pop();
      }
    };
    yield* walk(start.resource);
  };
}

const isSameEdge = (a: EdgeValue, b: EdgeValue) => a.from === b.from && a.to === b.to && a.type === b.type;

interface Way {
  readonly other: string;
  readonly value: EdgeValue;
}

/** Edges from a resource as the pattern points, or against it where it is walked backwards. */
function edgesFrom(
  edge: EdgeElement,
  reversed: boolean,
  { graph }: Environment,
): (id: string) => Iterable<Way> {
  const { direction, types } = edge;
  const isOut = direction === 'both' || (direction === 'out') !== reversed;
  const isIn = direction === 'both' || (direction === 'in') !== reversed;
  return (id) => {
    const ways: Way[] = [];
    if (isOut)
      for (const { type, to } of graph.relationsOut(id))
        if (types.size === 0 || types.has(type)) ways.push({ other: to, value: new EdgeValue(id, type, to) });
    if (isIn)
      for (const { from, type } of graph.relationsInto(id)) {
        if (types.size > 0 && !types.has(type)) continue;
        // A loop is one edge, seen from both of its ends.
        if (isOut && from === id) continue;
        ways.push({ other: from, value: new EdgeValue(from, type, id) });
      }
    return ways;
  };
}

function pathOf(part: Part, row: Row, { env, slotOf }: Bench): Value {
  const nodes: NodeValue[] = [];
  const edges: EdgeValue[] = [];
  const start = row[slotOf(part.nodes[0]!.name)];
  if (!(start instanceof NodeValue)) return null;
  nodes.push(start);
  for (const { name } of part.edges) {
    const value = row[slotOf(name)]!;
    for (const edge of (Array.isArray(value) ? value : [value]) as readonly EdgeValue[]) {
      const here = nodes.at(-1)!.resource.id;
      const resource = env.graph.get(edge.from === here ? edge.to : edge.from);
      if (!resource) return null;
      edges.push(edge);
      nodes.push(new NodeValue(resource));
    }
  }
  return new PathValue(nodes, edges);
}

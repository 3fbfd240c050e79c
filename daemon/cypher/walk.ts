// Names and parts of expressions: which names one speaks of, and the conditions that AND joins. Pure.

import type { Expression, PatternPart } from './ast.ts';

/** The expressions directly inside one. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'variable':
    case 'parameter':
    case 'countAll':
      return [];
    case 'property':
    case 'unary':
    case 'isNull':
    case 'hasLabels':
      return [expression.of];
    case 'index':
      return [expression.of, expression.index];
    case 'slice':
      return present(expression.of, expression.from, expression.to);
    case 'list':
      return expression.items;
    case 'map':
      return expression.entries.map(([, value]) => value);
    case 'projection':
      return present(expression.of, ...expression.items.map(({ value }) => value));
    case 'binary':
      return [expression.left, expression.right];
    case 'comparison':
      return [expression.first, ...expression.rest.map(({ right }) => right)];
    case 'case': {
      const { subject, branches, otherwise } = expression;
      return present(subject, ...branches.flatMap(({ when, give }) => [when, give]), otherwise);
    }
    case 'call':
      return expression.args;
    case 'comprehension':
      return present(expression.list, expression.where, expression.value);
    case 'quantifier':
      return [expression.list, expression.where];
    case 'reduce':
      return [expression.start, expression.list, expression.value];
    case 'pattern':
      return present(...propertiesIn(expression.parts), expression.where, expression.value);
  }
}

function present(...expressions: readonly (Expression | undefined)[]): readonly Expression[] {
  return expressions.filter((expression) => expression !== undefined);
}

function propertiesIn(parts: readonly PatternPart[]): readonly (Expression | undefined)[] {
  return parts.flatMap(({ nodes, relationships }) => [
    ...nodes.map(({ properties }) => properties),
    ...relationships.map(({ properties }) => properties),
  ]);
}

/** Every name that occurs in it, its own ones, too. */
export function namesIn(expression: Expression, into: Set<string> = new Set()): Set<string> {
  if (expression.kind === 'variable') into.add(expression.name);
  if (expression.kind === 'pattern')
    for (const { nodes, relationships } of expression.parts)
      for (const { variable } of [...nodes, ...relationships]) if (variable !== undefined) into.add(variable);
  for (const child of childrenOf(expression)) namesIn(child, into);
  return into;
}

/** The conditions of which each has to hold. */
export function conjunctsOf(expression: Expression | undefined): readonly Expression[] {
  if (!expression) return [];
  if (expression.kind === 'binary' && expression.operator === 'AND')
    return [...conjunctsOf(expression.left), ...conjunctsOf(expression.right)];
  return [expression];
}

/** Whether something holds of it or of anything inside it. */
export function isAnywhere(expression: Expression, holds: (of: Expression) => boolean): boolean {
  return holds(expression) || childrenOf(expression).some((child) => isAnywhere(child, holds));
}

/** The same text for the same expression, wherever it stands. */
export function shapeOf(expression: Expression): string {
  return JSON.stringify(expression, (key, value: unknown) => (key === 'at' ? undefined : value));
}

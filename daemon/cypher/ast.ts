// What a query is once it was read: clauses and expressions, with the place in the text where each began, for errors.
// Only reading exists here; there is no node for a clause that writes.

export interface At {
  /** Offset in the text of the query. */
  readonly at: number;
}

export type Expression = At &
  (
    | {
        readonly kind: 'literal';
        readonly value: null | boolean | number | string;
        readonly isFloat?: boolean;
      }
    | { readonly kind: 'variable'; readonly name: string }
    | { readonly kind: 'parameter'; readonly name: string }
    | { readonly kind: 'property'; readonly of: Expression; readonly name: string }
    | { readonly kind: 'index'; readonly of: Expression; readonly index: Expression }
    | {
        readonly kind: 'slice';
        readonly of: Expression;
        readonly from?: Expression;
        readonly to?: Expression;
      }
    | { readonly kind: 'list'; readonly items: readonly Expression[] }
    | { readonly kind: 'map'; readonly entries: readonly (readonly [string, Expression])[] }
    | {
        readonly kind: 'projection';
        readonly of: Expression;
        /** `.*` where there is neither name nor value. */
        readonly items: readonly { readonly name?: string; readonly value?: Expression }[];
      }
    | { readonly kind: 'unary'; readonly operator: 'NOT' | '-' | '+'; readonly of: Expression }
    | {
        readonly kind: 'binary';
        readonly operator: BinaryOperator;
        readonly left: Expression;
        readonly right: Expression;
      }
    /** `a < b <= c`: each pair has to hold. */
    | {
        readonly kind: 'comparison';
        readonly first: Expression;
        readonly rest: readonly { readonly operator: ComparisonOperator; readonly right: Expression }[];
      }
    | { readonly kind: 'isNull'; readonly of: Expression; readonly negated: boolean }
    | { readonly kind: 'hasLabels'; readonly of: Expression; readonly labels: readonly string[] }
    | {
        readonly kind: 'case';
        readonly subject?: Expression;
        readonly branches: readonly { readonly when: Expression; readonly give: Expression }[];
        readonly otherwise?: Expression;
      }
    | {
        readonly kind: 'call';
        /** Lower case. */
        readonly name: string;
        readonly distinct: boolean;
        readonly args: readonly Expression[];
      }
    | { readonly kind: 'countAll' }
    | {
        readonly kind: 'comprehension';
        readonly variable: string;
        readonly list: Expression;
        readonly where?: Expression;
        readonly value?: Expression;
      }
    | {
        readonly kind: 'quantifier';
        readonly quantifier: 'all' | 'any' | 'none' | 'single';
        readonly variable: string;
        readonly list: Expression;
        readonly where: Expression;
      }
    | {
        readonly kind: 'reduce';
        readonly accumulator: string;
        readonly start: Expression;
        readonly variable: string;
        readonly list: Expression;
        readonly value: Expression;
      }
    /** Whether a pattern is found, how often, or what it gives for each find. */
    | {
        readonly kind: 'pattern';
        readonly what: 'exists' | 'count' | 'list';
        readonly parts: readonly PatternPart[];
        readonly where?: Expression;
        readonly value?: Expression;
      }
  );

export type BinaryOperator =
  | 'OR'
  | 'XOR'
  | 'AND'
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '^'
  | 'IN'
  | 'STARTS WITH'
  | 'ENDS WITH'
  | 'CONTAINS'
  | '=~';
export type ComparisonOperator = '=' | '<>' | '<' | '<=' | '>' | '>=';

export interface NodePattern extends At {
  readonly variable?: string;
  readonly labels: readonly string[];
  readonly properties?: Expression;
}

export interface RelationshipPattern extends At {
  readonly variable?: string;
  /** Any of; empty: all. */
  readonly types: readonly string[];
  readonly direction: 'out' | 'in' | 'both';
  /** Of variable length: from `min` to `max` edges. */
  readonly length?: { readonly min: number; readonly max?: number };
  readonly properties?: Expression;
}

/** `nodes` has one more than `relationships`; they alternate. */
export interface PatternPart extends At {
  readonly path?: string;
  readonly nodes: readonly NodePattern[];
  readonly relationships: readonly RelationshipPattern[];
}

export interface MatchClause extends At {
  readonly kind: 'match';
  readonly optional: boolean;
  readonly parts: readonly PatternPart[];
  readonly where?: Expression;
}

export interface UnwindClause extends At {
  readonly kind: 'unwind';
  readonly list: Expression;
  readonly variable: string;
}

export interface ProjectionItem extends At {
  readonly value: Expression;
  /** The alias, or the words of the expression. */
  readonly name: string;
  readonly hasAlias: boolean;
}

export interface ProjectionClause extends At {
  readonly kind: 'with' | 'return';
  readonly distinct: boolean;
  /** `*`: all that is known, before the items. */
  readonly all: boolean;
  readonly items: readonly ProjectionItem[];
  readonly orderBy: readonly { readonly value: Expression; readonly descending: boolean }[];
  readonly skip?: Expression;
  readonly limit?: Expression;
  /** Only after WITH. */
  readonly where?: Expression;
}

export type Clause = MatchClause | UnwindClause | ProjectionClause;

/** Ends with RETURN. */
export interface SingleQuery {
  readonly clauses: readonly Clause[];
}

export interface Query {
  readonly parts: readonly SingleQuery[];
  /** Between the parts: whether the same row is kept once only. */
  readonly unionAll: boolean;
}

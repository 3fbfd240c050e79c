// Patterns, names and maps, rule by rule after the openCypher EBNF (release 9), for the parser library. It builds the
// tree of `ast.ts` while it reads; expressions are built on it in `operatorGrammar.ts` and `expressionGrammar.ts`.
// Rules build values only from what they read: the library runs each once without a text to learn its grammar.

import { EmbeddedActionsParser, type ParserMethod } from 'chevrotain';
import type { BinaryOperator, Expression, NodePattern, PatternPart, RelationshipPattern } from './ast.ts';
import { integerOf, nameOf, parameterOf } from './literals.ts';
import { allTokens, keyword as k, token as t } from './tokens.ts';

export abstract class PatternGrammar extends EmbeddedActionsParser {
  abstract expression: ParserMethod<[], Expression>;
  /** The text the tokens are of; names of columns are cut from it. */
  source = '';

  /** Validations are of the grammar itself; a test asks for them. */
  constructor(skipValidations = true) {
    super([...allTokens], { maxLookahead: 3, recoveryEnabled: false, skipValidations });
  }

  whereClause = this.RULE('whereClause', (): Expression => {
    this.CONSUME(k.WHERE);
    return this.SUBRULE(this.expression);
  });

  patternParts = this.RULE('patternParts', (): readonly PatternPart[] => {
    const parts: PatternPart[] = [];
    this.AT_LEAST_ONE_SEP({ SEP: t.Comma, DEF: () => parts.push(this.SUBRULE(this.patternPart)) });
    return parts;
  });

  patternPart = this.RULE('patternPart', (): PatternPart => {
    const path = this.OPTION(() => {
      const name = this.SUBRULE(this.name);
      this.CONSUME(t.Equal);
      return name;
    });
    const chain = this.SUBRULE(this.patternChain);
    return { ...chain, ...(path !== undefined && { path }) };
  });

  patternChain = this.RULE('patternChain', (): PatternPart => {
    const { at } = this.here();
    const nodes: NodePattern[] = [this.SUBRULE(this.nodePattern)];
    const relationships: RelationshipPattern[] = [];
    this.MANY(() => {
      relationships.push(this.SUBRULE(this.relationshipPattern));
      nodes.push(this.SUBRULE2(this.nodePattern));
    });
    return { at, nodes, relationships };
  });

  /** A chain of at least two nodes: what makes a pattern of something in parentheses. */
  joinedChain = this.RULE('joinedChain', (): PatternPart => {
    const { at } = this.here();
    const nodes: NodePattern[] = [this.SUBRULE(this.nodePattern)];
    const relationships: RelationshipPattern[] = [];
    this.AT_LEAST_ONE(() => {
      relationships.push(this.SUBRULE(this.relationshipPattern));
      nodes.push(this.SUBRULE2(this.nodePattern));
    });
    return { at, nodes, relationships };
  });

  nodePattern = this.RULE('nodePattern', (): NodePattern => {
    const { at } = this.here();
    this.CONSUME(t.ParenOpen);
    const variable = this.OPTION(() => this.SUBRULE(this.name));
    const labels: string[] = [];
    this.MANY(() => {
      this.CONSUME(t.Colon);
      labels.push(this.SUBRULE2(this.name));
    });
    const properties = this.OPTION2(() => this.SUBRULE(this.patternProperties));
    this.CONSUME(t.ParenClose);
    return { at, labels, ...(variable !== undefined && { variable }), ...(properties && { properties }) };
  });

  relationshipPattern = this.RULE('relationshipPattern', (): RelationshipPattern => {
    const { at } = this.here();
    let [isLeft, isRight] = [false, false];
    this.OPTION(() => {
      this.CONSUME(t.Less);
      isLeft = true;
    });
    this.CONSUME(t.Minus);
    const detail = this.OPTION2(() => this.SUBRULE(this.relationshipDetail));
    this.CONSUME2(t.Minus);
    this.OPTION3(() => {
      this.CONSUME(t.Greater);
      isRight = true;
    });
    const direction = isLeft === isRight ? 'both' : isLeft ? 'in' : 'out';
    return { types: [], ...detail, at, direction };
  });

  relationshipDetail = this.RULE('relationshipDetail', (): Omit<RelationshipPattern, 'at' | 'direction'> => {
    const types: string[] = [];
    this.CONSUME(t.BracketOpen);
    const variable = this.OPTION(() => this.SUBRULE(this.name));
    this.OPTION2(() => {
      this.CONSUME(t.Colon);
      types.push(this.SUBRULE2(this.name));
      this.MANY(() => {
        this.CONSUME(t.Bar);
        this.OPTION3(() => this.CONSUME2(t.Colon));
        types.push(this.SUBRULE3(this.name));
      });
    });
    const length = this.OPTION4(() => this.SUBRULE(this.relationshipLength));
    const properties = this.OPTION5(() => this.SUBRULE(this.patternProperties));
    this.CONSUME(t.BracketClose);
    const named = variable === undefined ? {} : { variable };
    return { types, ...named, ...(length && { length }), ...(properties && { properties }) };
  });

  relationshipLength = this.RULE('relationshipLength', (): { min: number; max?: number } => {
    this.CONSUME(t.Star);
    const low = this.OPTION(() => integerOf(this.CONSUME(t.Integer)));
    let isRange = false;
    let high: number | undefined;
    this.OPTION2(() => {
      this.CONSUME(t.Dots);
      isRange = true;
      high = this.OPTION3(() => integerOf(this.CONSUME2(t.Integer)));
    });
    const max = isRange ? high : low;
    return { min: low ?? 1, ...(max !== undefined && { max }) };
  });

  patternProperties = this.RULE(
    'patternProperties',
    (): Expression =>
      this.OR([{ ALT: () => this.SUBRULE(this.mapLiteral) }, { ALT: () => this.SUBRULE(this.parameter) }]),
  );

  parameter = this.RULE('parameter', (): Expression => {
    const { at } = this.here();
    return { kind: 'parameter', at, name: parameterOf(this.CONSUME(t.Parameter)) };
  });

  mapLiteral = this.RULE('mapLiteral', (): Expression => {
    const { at } = this.here();
    const entries: [string, Expression][] = [];
    this.CONSUME(t.BraceOpen);
    this.MANY_SEP({
      SEP: t.Comma,
      DEF: () => {
        const name = this.SUBRULE(this.name);
        this.CONSUME(t.Colon);
        entries.push([name, this.SUBRULE(this.expression)]);
      },
    });
    this.CONSUME(t.BraceClose);
    return { kind: 'map', at, entries };
  });

  name = this.RULE('name', (): string => nameOf(this.CONSUME(t.Name)));

  protected here(): { readonly at: number } {
    return { at: this.LA(1).startOffset ?? 0 };
  }
  /** What is read does not matter, only that it was. */
  protected literally<const T>(_read: unknown, value: T): T {
    return value;
  }
  protected binary(operator: BinaryOperator, left: Expression, right: Expression): Expression {
    return { kind: 'binary', at: left?.at ?? 0, operator, left, right };
  }
}

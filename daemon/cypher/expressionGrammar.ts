// What operators join, rule by rule after the openCypher EBNF (release 9, with EXISTS and COUNT of patterns), for the
// parser library: literals, names, calls, lists, maps, CASE, quantifiers, patterns as conditions, and what may follow
// each. The clauses around them are in `grammar.ts`.

import { type IToken, type TokenType, tokenMatcher } from 'chevrotain';
import type { Expression } from './ast.ts';
import { chainMark } from './chains.ts';
import { integerOf, numberOf, reservedWords, textOf } from './literals.ts';
import { OperatorGrammar } from './operatorGrammar.ts';
import { keyword as k, token as t } from './tokens.ts';

type Quantifier = Extract<Expression, { kind: 'quantifier' }>['quantifier'];
type Projected = Extract<Expression, { kind: 'projection' }>['items'][number];

export class ExpressionGrammar extends OperatorGrammar {
  postfix = this.RULE('postfix', (): Expression => {
    const { at } = this.here();
    let of = this.SUBRULE(this.atom);
    this.MANY(() => {
      of = this.OR([
        {
          ALT: (): Expression => {
            this.CONSUME(t.Dot);
            return { kind: 'property', at, of, name: this.SUBRULE(this.name) };
          },
        },
        { ALT: () => this.SUBRULE(this.subscript, { ARGS: [of] }) },
        {
          ALT: (): Expression => {
            const labels: string[] = [];
            this.AT_LEAST_ONE(() => {
              this.CONSUME(t.Colon);
              labels.push(this.SUBRULE2(this.name));
            });
            return { kind: 'hasLabels', at, of, labels };
          },
        },
        {
          GATE: () => of.kind === 'variable',
          ALT: (): Expression => ({ kind: 'projection', at, of, items: this.SUBRULE(this.mapProjection) }),
        },
      ]);
    });
    return of;
  });

  subscript = this.RULE('subscript', (of: Expression): Expression => {
    const { at } = this.here();
    this.CONSUME(t.BracketOpen);
    const from = this.OPTION(() => this.SUBRULE(this.expression));
    let isSlice = false;
    let to: Expression | undefined;
    this.OPTION2(() => {
      this.CONSUME(t.Dots);
      isSlice = true;
      to = this.OPTION3(() => this.SUBRULE2(this.expression));
    });
    this.CONSUME(t.BracketClose);
    if (isSlice || from === undefined)
      return { kind: 'slice', at, of, ...(from && { from }), ...(to && { to }) };
    return { kind: 'index', at, of, index: from };
  });

  mapProjection = this.RULE('mapProjection', (): readonly Projected[] => {
    const items: Projected[] = [];
    this.CONSUME(t.BraceOpen);
    this.MANY_SEP({
      SEP: t.Comma,
      DEF: () =>
        this.OR([
          {
            ALT: () => {
              this.CONSUME(t.Dot);
              this.OR2([
                {
                  ALT: () => {
                    this.CONSUME(t.Star);
                    items.push({});
                  },
                },
                { ALT: () => void items.push({ name: this.SUBRULE(this.name) }) },
              ]);
            },
          },
          {
            ALT: () => {
              const name = this.SUBRULE2(this.name);
              this.CONSUME(t.Colon);
              items.push({ name, value: this.SUBRULE(this.expression) });
            },
          },
        ]),
    });
    this.CONSUME(t.BraceClose);
    return items;
  });

  atom = this.RULE('atom', (): Expression => {
    const { at } = this.here();
    return this.OR([
      { ALT: () => this.SUBRULE(this.literal) },
      { ALT: () => this.SUBRULE(this.parameter) },
      { ALT: () => this.SUBRULE(this.mapLiteral) },
      { ALT: () => this.SUBRULE(this.caseExpression) },
      { GATE: () => this.isWord(2, t.BraceOpen), ALT: () => this.SUBRULE(this.subquery) },
      { GATE: () => this.isCallOf(k.EXISTS), ALT: () => this.SUBRULE(this.existsCall) },
      { GATE: () => this.isQuantifier(), ALT: () => this.SUBRULE(this.quantifier) },
      { GATE: () => this.isCallOf(k.REDUCE), ALT: () => this.SUBRULE(this.reduceCall) },
      { GATE: () => this.isWord(2, t.ParenOpen), ALT: () => this.SUBRULE(this.call) },
      {
        GATE: () => this.isFreeWord(),
        ALT: (): Expression => ({ kind: 'variable', at, name: this.SUBRULE(this.name) }),
      },
      {
        GATE: () => this.isNameAt(2) && this.isWord(3, k.IN),
        ALT: () => this.SUBRULE2(this.comprehension),
      },
      {
        GATE: () => this.isChainAt(2) || (this.isNameAt(2) && this.isWord(3, t.Equal) && this.isChainAt(4)),
        ALT: () => this.SUBRULE2(this.patternComprehension),
      },
      { ALT: () => this.SUBRULE(this.listLiteral) },
      {
        GATE: () => this.isChainAt(1),
        ALT: (): Expression => ({
          kind: 'pattern',
          at,
          what: 'exists',
          parts: [this.SUBRULE2(this.joinedChain)],
        }),
      },
      {
        ALT: () => {
          this.CONSUME(t.ParenOpen);
          const inner = this.SUBRULE(this.expression);
          this.CONSUME(t.ParenClose);
          return inner;
        },
      },
    ]);
  });

  literal = this.RULE('literal', (): Expression => {
    const { at } = this.here();
    return this.OR([
      { ALT: (): Expression => ({ kind: 'literal', at, value: integerOf(this.CONSUME(t.Integer)) }) },
      {
        ALT: (): Expression => ({
          kind: 'literal',
          at,
          value: numberOf(this.CONSUME(t.Float)),
          isFloat: true,
        }),
      },
      { ALT: (): Expression => ({ kind: 'literal', at, value: textOf(this.CONSUME(t.Text)) }) },
      { ALT: () => this.literally<Expression>(this.CONSUME(k.TRUE), { kind: 'literal', at, value: true }) },
      { ALT: () => this.literally<Expression>(this.CONSUME(k.FALSE), { kind: 'literal', at, value: false }) },
      { ALT: () => this.literally<Expression>(this.CONSUME(k.NULL), { kind: 'literal', at, value: null }) },
    ]);
  });

  listLiteral = this.RULE('listLiteral', (): Expression => {
    const { at } = this.here();
    const items: Expression[] = [];
    this.CONSUME(t.BracketOpen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => items.push(this.SUBRULE(this.expression)) });
    this.CONSUME(t.BracketClose);
    return { kind: 'list', at, items };
  });

  comprehension = this.RULE('comprehension', (): Expression => {
    const { at } = this.here();
    this.CONSUME(t.BracketOpen);
    const variable = this.SUBRULE(this.name);
    this.CONSUME(k.IN);
    const list = this.SUBRULE(this.expression);
    const where = this.OPTION(() => this.SUBRULE(this.whereClause));
    const value = this.OPTION2(() => {
      this.CONSUME(t.Bar);
      return this.SUBRULE2(this.expression);
    });
    this.CONSUME(t.BracketClose);
    return { kind: 'comprehension', at, variable, list, ...(where && { where }), ...(value && { value }) };
  });

  patternComprehension = this.RULE('patternComprehension', (): Expression => {
    const { at } = this.here();
    this.CONSUME(t.BracketOpen);
    const path = this.OPTION(() => {
      const name = this.SUBRULE(this.name);
      this.CONSUME(t.Equal);
      return name;
    });
    const part = { ...this.SUBRULE(this.joinedChain), ...(path !== undefined && { path }) };
    const where = this.OPTION2(() => this.SUBRULE(this.whereClause));
    this.CONSUME(t.Bar);
    const value = this.SUBRULE(this.expression);
    this.CONSUME(t.BracketClose);
    return { kind: 'pattern', at, what: 'list', parts: [part], value, ...(where && { where }) };
  });

  caseExpression = this.RULE('caseExpression', (): Expression => {
    const { at } = this.here();
    const branches: { when: Expression; give: Expression }[] = [];
    this.CONSUME(k.CASE);
    const subject = this.OPTION({
      GATE: () => !this.isWord(1, k.WHEN),
      DEF: () => this.SUBRULE(this.expression),
    });
    this.AT_LEAST_ONE(() => {
      this.CONSUME(k.WHEN);
      const when = this.SUBRULE2(this.expression);
      this.CONSUME(k.THEN);
      branches.push({ when, give: this.SUBRULE3(this.expression) });
    });
    const otherwise = this.OPTION2(() => {
      this.CONSUME(k.ELSE);
      return this.SUBRULE4(this.expression);
    });
    this.CONSUME(k.END);
    return { kind: 'case', at, branches, ...(subject && { subject }), ...(otherwise && { otherwise }) };
  });

  /** `EXISTS { MATCH … WHERE … }` and `COUNT { … }`. */
  subquery = this.RULE('subquery', (): Expression => {
    const { at } = this.here();
    const what = this.OR([
      { ALT: () => this.literally(this.CONSUME(k.EXISTS), 'exists') },
      { ALT: () => this.literally(this.CONSUME(k.COUNT), 'count') },
    ]);
    this.CONSUME(t.BraceOpen);
    this.OPTION(() => this.CONSUME(k.MATCH));
    const parts = this.SUBRULE(this.patternParts);
    const where = this.OPTION2(() => this.SUBRULE(this.whereClause));
    this.CONSUME(t.BraceClose);
    return { kind: 'pattern', at, what, parts, ...(where && { where }) };
  });

  /** `exists((a)-->(b))` and `exists(a.name)`. */
  existsCall = this.RULE('existsCall', (): Expression => {
    const { at } = this.here();
    this.CONSUME(k.EXISTS);
    this.CONSUME(t.ParenOpen);
    const inner = this.SUBRULE(this.expression);
    this.CONSUME(t.ParenClose);
    return inner.kind === 'pattern' ? inner : { kind: 'isNull', at, of: inner, negated: true };
  });

  quantifier = this.RULE('quantifier', (): Expression => {
    const { at } = this.here();
    const { image } = this.OR([
      { ALT: () => this.CONSUME(k.ALL) },
      { ALT: () => this.CONSUME(k.ANY) },
      { ALT: () => this.CONSUME(k.NONE) },
      { ALT: () => this.CONSUME(k.SINGLE) },
    ]);
    this.CONSUME(t.ParenOpen);
    const variable = this.SUBRULE(this.name);
    this.CONSUME(k.IN);
    const list = this.SUBRULE(this.expression);
    const where = this.SUBRULE(this.whereClause);
    this.CONSUME(t.ParenClose);
    const quantifier = this.ACTION(() => image.toLowerCase() as Quantifier);
    return { kind: 'quantifier', at, quantifier, variable, list, where };
  });

  reduceCall = this.RULE('reduceCall', (): Expression => {
    const { at } = this.here();
    this.CONSUME(k.REDUCE);
    this.CONSUME(t.ParenOpen);
    const accumulator = this.SUBRULE(this.name);
    this.CONSUME(t.Equal);
    const start = this.SUBRULE(this.expression);
    this.CONSUME(t.Comma);
    const variable = this.SUBRULE2(this.name);
    this.CONSUME(k.IN);
    const list = this.SUBRULE2(this.expression);
    this.CONSUME(t.Bar);
    const value = this.SUBRULE3(this.expression);
    this.CONSUME(t.ParenClose);
    return { kind: 'reduce', at, accumulator, start, variable, list, value };
  });

  call = this.RULE('call', (): Expression => {
    const { at } = this.here();
    const written = this.SUBRULE(this.name);
    const name = this.ACTION(() => written.toLowerCase());
    const args: Expression[] = [];
    let [distinct, isAll] = [false, false];
    this.CONSUME(t.ParenOpen);
    this.OPTION(() => {
      this.CONSUME(k.DISTINCT);
      distinct = true;
    });
    this.OR([
      {
        GATE: () => name === 'count',
        ALT: () => {
          this.CONSUME(t.Star);
          isAll = true;
        },
      },
      {
        ALT: () => this.MANY_SEP({ SEP: t.Comma, DEF: () => args.push(this.SUBRULE(this.expression)) }),
      },
    ]);
    this.CONSUME(t.ParenClose);
    return isAll ? { kind: 'countAll', at } : { kind: 'call', at, name, distinct, args };
  });

  private isWord(ahead: number, type: TokenType): boolean {
    return this.LA(ahead).tokenType === type;
  }
  private isNameAt(ahead: number): boolean {
    return tokenMatcher(this.LA(ahead), t.Name);
  }
  /** Whether a parenthesis opens a node that a relation follows; `markChains` has looked. */
  private isChainAt(ahead: number): boolean {
    return this.LA(ahead).payload === chainMark;
  }
  private isCallOf(type: TokenType): boolean {
    return this.LA(1).tokenType === type && this.isWord(2, t.ParenOpen);
  }
  /** `any(x IN …)`; `any(…)` of something else is a function nobody knows. */
  private isQuantifier(): boolean {
    return [k.ALL, k.ANY, k.NONE, k.SINGLE].some((type) => this.isCallOf(type));
  }
  /** A word that may be a variable where an expression is wanted. */
  private isFreeWord(): boolean {
    return !reservedWords.has(this.LA(1).tokenType as IToken['tokenType']);
  }
}

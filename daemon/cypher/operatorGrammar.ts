// Operators from the weakest to the strongest, rule by rule after the openCypher EBNF (release 9), for the parser
// library: OR, XOR, AND, NOT, comparisons, words, sums, products, powers, signs. What they join is in
// `expressionGrammar.ts`.

import type { ParserMethod, TokenType } from 'chevrotain';
import type { BinaryOperator, ComparisonOperator, Expression } from './ast.ts';
import { PatternGrammar } from './patternGrammar.ts';
import { keyword as k, token as t } from './tokens.ts';

const comparisons: readonly TokenType[] = [
  t.Equal,
  t.NotEqual,
  t.LessEqual,
  t.GreaterEqual,
  t.Less,
  t.Greater,
];

export abstract class OperatorGrammar extends PatternGrammar {
  abstract postfix: ParserMethod<[], Expression>;

  expression = this.RULE('expression', (): Expression => {
    let left = this.SUBRULE(this.xorExpression);
    this.MANY(() => {
      this.CONSUME(k.OR);
      left = this.binary('OR', left, this.SUBRULE2(this.xorExpression));
    });
    return left;
  });

  xorExpression = this.RULE('xorExpression', (): Expression => {
    let left = this.SUBRULE(this.andExpression);
    this.MANY(() => {
      this.CONSUME(k.XOR);
      left = this.binary('XOR', left, this.SUBRULE2(this.andExpression));
    });
    return left;
  });

  andExpression = this.RULE('andExpression', (): Expression => {
    let left = this.SUBRULE(this.notExpression);
    this.MANY(() => {
      this.CONSUME(k.AND);
      left = this.binary('AND', left, this.SUBRULE2(this.notExpression));
    });
    return left;
  });

  notExpression = this.RULE('notExpression', (): Expression => {
    const { at } = this.here();
    let isNegated = false;
    this.MANY(() => {
      this.CONSUME(k.NOT);
      isNegated = !isNegated;
    });
    const of = this.SUBRULE(this.comparison);
    return isNegated ? { kind: 'unary', at, operator: 'NOT', of } : of;
  });

  comparison = this.RULE('comparison', (): Expression => {
    const { at } = this.here();
    const first = this.SUBRULE(this.predicate);
    const rest: { operator: ComparisonOperator; right: Expression }[] = [];
    this.MANY(() => {
      const { image } = this.OR(comparisons.map((type) => ({ ALT: () => this.CONSUME(type) })));
      rest.push({ operator: image as ComparisonOperator, right: this.SUBRULE2(this.predicate) });
    });
    return rest.length === 0 ? first : { kind: 'comparison', at, first, rest };
  });

  predicate = this.RULE('predicate', (): Expression => {
    const { at } = this.here();
    let left = this.SUBRULE(this.sum);
    this.MANY(() => {
      left = this.OR([
        {
          ALT: (): Expression => {
            this.CONSUME(k.IS);
            let negated = false;
            this.OPTION(() => {
              this.CONSUME(k.NOT);
              negated = true;
            });
            this.CONSUME(k.NULL);
            return { kind: 'isNull', at, of: left, negated };
          },
        },
        {
          ALT: (): Expression => {
            const operator = this.SUBRULE(this.wordOperator);
            return this.binary(operator, left, this.SUBRULE2(this.sum));
          },
        },
      ]);
    });
    return left;
  });

  wordOperator = this.RULE(
    'wordOperator',
    (): BinaryOperator =>
      this.OR([
        { ALT: () => this.literally(this.CONSUME(k.IN), 'IN') },
        { ALT: () => this.literally([this.CONSUME(k.STARTS), this.CONSUME(k.WITH)], 'STARTS WITH') },
        { ALT: () => this.literally([this.CONSUME(k.ENDS), this.CONSUME2(k.WITH)], 'ENDS WITH') },
        { ALT: () => this.literally(this.CONSUME(k.CONTAINS), 'CONTAINS') },
        { ALT: () => this.literally(this.CONSUME(t.Matches), '=~') },
      ]),
  );

  sum = this.RULE('sum', (): Expression => {
    let left = this.SUBRULE(this.product);
    this.MANY(() => {
      const { image } = this.OR([{ ALT: () => this.CONSUME(t.Plus) }, { ALT: () => this.CONSUME(t.Minus) }]);
      left = this.binary(image as '+' | '-', left, this.SUBRULE2(this.product));
    });
    return left;
  });

  product = this.RULE('product', (): Expression => {
    let left = this.SUBRULE(this.power);
    this.MANY(() => {
      const { image } = this.OR([
        { ALT: () => this.CONSUME(t.Star) },
        { ALT: () => this.CONSUME(t.Slash) },
        { ALT: () => this.CONSUME(t.Percent) },
      ]);
      left = this.binary(image as '*' | '/' | '%', left, this.SUBRULE2(this.power));
    });
    return left;
  });

  power = this.RULE('power', (): Expression => {
    let left = this.SUBRULE(this.signed);
    this.MANY(() => {
      this.CONSUME(t.Caret);
      left = this.binary('^', left, this.SUBRULE2(this.signed));
    });
    return left;
  });

  signed = this.RULE('signed', (): Expression => {
    const { at } = this.here();
    const signs: string[] = [];
    this.MANY(() => {
      const sign = this.OR([{ ALT: () => this.CONSUME(t.Minus) }, { ALT: () => this.CONSUME(t.Plus) }]);
      signs.push(sign.image);
    });
    const of = this.SUBRULE(this.postfix);
    return signs.reduceRight<Expression>(
      (inner, sign) => ({ kind: 'unary', at, operator: sign as '-' | '+', of: inner }),
      of,
    );
  });
}

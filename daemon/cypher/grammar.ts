// The clauses of a read query, rule by rule after the openCypher EBNF (release 9), for the parser library; expressions
// and patterns are in `expressionGrammar.ts`. It builds the tree of `ast.ts` while it reads. It knows no resource,
// checks no name and runs nothing; `parse.ts` is the only caller.

import type { Clause, Expression, ProjectionClause, ProjectionItem, Query, SingleQuery } from './ast.ts';
import { ExpressionGrammar } from './expressionGrammar.ts';
import { keyword as k, token as t } from './tokens.ts';

export class CypherGrammar extends ExpressionGrammar {
  query = this.RULE('query', (): Query => {
    const parts: SingleQuery[] = [this.SUBRULE(this.singleQuery)];
    let unionAll = false;
    this.MANY(() => {
      this.CONSUME(k.UNION);
      this.OPTION(() => {
        this.CONSUME(k.ALL);
        unionAll = true;
      });
      parts.push(this.SUBRULE2(this.singleQuery));
    });
    this.OPTION2(() => this.CONSUME(t.Semicolon));
    return { parts, unionAll };
  });

  singleQuery = this.RULE('singleQuery', (): SingleQuery => {
    const clauses: Clause[] = [];
    this.AT_LEAST_ONE(() => {
      const clause = this.OR([
        { ALT: () => this.SUBRULE(this.matchClause) },
        { ALT: () => this.SUBRULE(this.unwindClause) },
        { ALT: () => this.SUBRULE(this.projectionClause) },
      ]);
      clauses.push(clause);
    });
    return { clauses };
  });

  matchClause = this.RULE('matchClause', (): Clause => {
    const { at } = this.here();
    let optional = false;
    this.OPTION(() => {
      this.CONSUME(k.OPTIONAL);
      optional = true;
    });
    this.CONSUME(k.MATCH);
    const parts = this.SUBRULE(this.patternParts);
    const where = this.OPTION2(() => this.SUBRULE(this.whereClause));
    return { kind: 'match', at, optional, parts, ...(where && { where }) };
  });

  unwindClause = this.RULE('unwindClause', (): Clause => {
    const { at } = this.here();
    this.CONSUME(k.UNWIND);
    const list = this.SUBRULE(this.expression);
    this.CONSUME(k.AS);
    const variable = this.SUBRULE(this.name);
    return { kind: 'unwind', at, list, variable };
  });

  projectionClause = this.RULE('projectionClause', (): ProjectionClause => {
    const { at } = this.here();
    const kind = this.OR([
      { ALT: () => this.literally(this.CONSUME(k.WITH), 'with') },
      { ALT: () => this.literally(this.CONSUME(k.RETURN), 'return') },
    ]);
    let distinct = false;
    this.OPTION(() => {
      this.CONSUME(k.DISTINCT);
      distinct = true;
    });
    let all = false;
    const items: ProjectionItem[] = [];
    this.OR2([
      {
        ALT: () => {
          this.CONSUME(t.Star);
          all = true;
          this.MANY(() => {
            this.CONSUME(t.Comma);
            items.push(this.SUBRULE(this.projectionItem));
          });
        },
      },
      {
        ALT: () =>
          this.AT_LEAST_ONE_SEP({
            SEP: t.Comma,
            DEF: () => items.push(this.SUBRULE2(this.projectionItem)),
          }),
      },
    ]);
    const orderBy = this.OPTION2(() => this.SUBRULE(this.orderBy)) ?? [];
    const skip = this.OPTION3(() => {
      this.CONSUME(k.SKIP);
      return this.SUBRULE(this.expression);
    });
    const limit = this.OPTION4(() => {
      this.CONSUME(k.LIMIT);
      return this.SUBRULE2(this.expression);
    });
    const where = this.OPTION5({
      GATE: () => kind === 'with',
      DEF: () => this.SUBRULE(this.whereClause),
    });
    const paged = { ...(skip && { skip }), ...(limit && { limit }), ...(where && { where }) };
    return { kind, at, distinct, all, items, orderBy, ...paged };
  });

  projectionItem = this.RULE('projectionItem', (): ProjectionItem => {
    const { at } = this.here();
    const value = this.SUBRULE(this.expression);
    const words = this.ACTION(() => this.source.slice(at, (this.LA(0).endOffset ?? at) + 1));
    const alias = this.OPTION(() => {
      this.CONSUME(k.AS);
      return this.SUBRULE(this.name);
    });
    return { at, value, name: alias ?? words, hasAlias: alias !== undefined };
  });

  orderBy = this.RULE('orderBy', (): ProjectionClause['orderBy'] => {
    const items: { value: Expression; descending: boolean }[] = [];
    this.CONSUME(k.ORDER);
    this.CONSUME(k.BY);
    this.AT_LEAST_ONE_SEP({
      SEP: t.Comma,
      DEF: () => {
        const value = this.SUBRULE(this.expression);
        let descending = false;
        this.OPTION(() =>
          this.OR([
            { ALT: () => this.CONSUME(k.ASCENDING) },
            { ALT: () => this.CONSUME(k.ASC) },
            {
              ALT: () => {
                this.CONSUME(k.DESCENDING);
                descending = true;
              },
            },
            {
              ALT: () => {
                this.CONSUME(k.DESC);
                descending = true;
              },
            },
          ]),
        );
        items.push({ value, descending });
      },
    });
    return items;
  });

  constructor(skipValidations = true) {
    super(skipValidations);
    this.performSelfAnalysis();
  }
}

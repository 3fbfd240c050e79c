// Queries, their answers and their refusals, over a small graph that fits on a page. The cases follow the features of
// the openCypher technology compatibility kit: null logic, lists, uniqueness of relations, optional patterns, paths of
// variable length, grouping, sorting, unions. One `check` and many cases.

import assert from 'node:assert/strict';
import { CypherGrammar } from '../../daemon/cypher/grammar.ts';
import { parseCypher } from '../../daemon/cypher/parse.ts';
import { type RunOptions, runCypher } from '../../daemon/cypher/run.ts';
import { createGraph } from '../../daemon/graph/graph.ts';
import type { Kind } from '../../shared/model/kind.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { Relation, RelationType, Resource } from '../../shared/model/resource.ts';
import { bigEstate } from '../fakes/bigEstate.ts';

/** Two VMs in a network, one of them with a volume; a pod on a node on a VM; a loose volume. */
const lines = [
  'vm/web IN_NETWORK network/net',
  'vm/db IN_NETWORK network/net',
  'volume/data ATTACHED_TO vm/db',
  'volume/free',
  'node/n1 BACKED_BY vm/web',
  'pod/p1 RUNS_ON node/n1',
  'pod/p2 RUNS_ON node/n1',
  'security-group/self DEPENDS_ON security-group/self',
];
const more: Readonly<Record<string, Partial<Resource>>> = {
  'vm/web': { status: 'running', tags: { env: 'prod' }, attributes: { ram_gb: 8, vcpus: 2 } },
  'vm/db': { status: 'stopped', tags: { env: 'dev' }, attributes: { ram_gb: 16 } },
  'volume/data': { attributes: { size_gb: 100, ips: ['a', 'b'] } },
  'volume/free': { attributes: { size_gb: 7 } },
};

function smallGraph() {
  const ids = new Set<string>();
  const relations: Relation[] = [];
  for (const line of lines) {
    const [from, type, to] = line.split(' ');
    ids.add(from!);
    if (!to) continue;
    ids.add(to);
    relations.push({ from: `c:${from}`, type: type as RelationType, to: `c:${to}` });
  }
  const resources = [...ids].map((path): Resource => {
    const [kind, name] = path.split('/') as [Kind, string];
    const fixed = { connection: 'c', provider: 'sandbox', status: 'ok', health: 'ok' } as const;
    return { id: `c:${path}`, kind, name, ...fixed, tags: {}, attributes: {}, ...more[path] };
  });
  const graph = createGraph();
  const kinds = [...new Set(resources.map(({ kind }) => kind))];
  graph.apply('c', { name: 'all', kinds }, { mode: 'full', resources, relations, removed: [] });
  return graph;
}

const graph = smallGraph();
const run = (text: string, options: RunOptions = {}) =>
  runCypher(parseCypher(text), graph, { text, ...options });

/** Rows as JSON, in order. */
async function rowsOf(text: string, options?: RunOptions): Promise<readonly string[]> {
  return (await run(text, options)).rows.map((row) => JSON.stringify(row).slice(1, -1));
}
const check = (text: string, expected: readonly string[], options?: RunOptions) =>
  it(text, async () => assert.deepEqual(await rowsOf(text, options), expected));
/** One expression. */
const gives = (expression: string, expected: string) => check(`RETURN ${expression}`, [expected]);
const refuses = (text: string, message: RegExp, code = 'bad-input', options?: RunOptions) =>
  it(`refuses ${text}`, () =>
    assert.rejects(
      async () => run(text, options),
      (error) => {
        assert.ok(error instanceof ProblemError, String(error));
        assert.match(error.problem.message, message);
        assert.equal(error.problem.code, code);
        return true;
      },
    ));

describe('the grammar of queries', () => {
  it('has no rule that could be read in two ways, but those that look ahead', () => {
    const grammar = new CypherGrammar(false);
    assert.deepEqual(grammar.errors, []);
  });
});

describe('a query: null', () => {
  gives('null = null', 'null');
  gives('null <> 1', 'null');
  gives('null IS NULL', 'true');
  gives('1 IS NOT NULL', 'true');
  gives('NOT null', 'null');
  gives('null AND false', 'false');
  gives('false AND null', 'false');
  gives('null AND true', 'null');
  gives('null OR true', 'true');
  gives('null OR false', 'null');
  gives('null XOR true', 'null');
  gives('1 IN [1, null]', 'true');
  gives('2 IN [1, null]', 'null');
  gives('null IN []', 'false');
  gives('null IN [1]', 'null');
  gives('1 IN null', 'null');
  gives('[1, null] = [1, 2]', 'null');
  gives('[1, null] = [2, 2]', 'false');
  gives('null + 1', 'null');
  gives("null STARTS WITH 'a'", 'null');
  gives('size(null)', 'null');
  gives('coalesce(null, 3, 4)', '3');
  gives('null < 1', 'null');
  gives("1 < 'a'", 'null');
  gives('all(x IN [true, null] WHERE x)', 'null');
  gives('any(x IN [null, true] WHERE x)', 'true');
  gives('none(x IN [null, false] WHERE x)', 'null');
  gives('single(x IN [1, 2] WHERE x = 2)', 'true');
  gives('CASE null WHEN null THEN 1 ELSE 2 END', '2');
  gives('CASE WHEN null THEN 1 ELSE 2 END', '2');
  gives('CASE 1 WHEN 2 THEN 3 END', 'null');
  check('MATCH (v:vm) WHERE v.nothing = 1 RETURN v', []);
  check('MATCH (v:vm) WHERE NOT v.nothing = 1 RETURN v', []);
  check('MATCH (v:vm {nothing: null}) RETURN v', []);
});

describe('a query: numbers and texts', () => {
  gives('7 / 2', '3');
  gives('-7 / 2', '-3');
  gives('7.0 / 2', '3.5');
  gives('7 % 3', '1');
  gives('2 ^ 3', '8');
  gives('1 + 2 * 3', '7');
  gives('(1 + 2) * 3', '9');
  gives('- -3', '3');
  gives('1 = 1.0', 'true');
  gives('1 < 2 < 3', 'true');
  gives('1 < 3 < 2', 'false');
  gives('0x1F + 1e2', '131');
  gives("'a' + 1", '"a1"');
  gives("'it\\'s' + \"\\u00e9\\n\"", '"it\'sé\\n"');
  gives("'abc' STARTS WITH 'ab'", 'true');
  gives("'abc' ENDS WITH 'bc'", 'true');
  gives("'abc' CONTAINS 'B'", 'false');
  gives("'web-12' =~ 'web-[0-9]+'", 'true');
  gives("'web-12' =~ 'web'", 'false');
  gives("'WEB' =~ '(?i)w\\\\w+'", 'true');
  gives("substring('hello', 1, 3) + left('abc', 1) + right('abc', 1)", '"ellac"');
  gives("toUpper(trim(' a ')) + replace('aaa', 'a', 'b')", '"Abbb"');
  gives("split('a,b', ',')", '["a","b"]');
  gives("toInteger('12') + toInteger(3.9)", '15');
  gives("toInteger('x')", 'null');
  gives('toString(1.0) + toString(true)', '"1.0true"');
  gives("toBoolean('TRUE')", 'true');
  gives('round(2.5) + round(-2.5)', '0');
  gives('abs(-3) + sign(-2) + ceil(1.2) + floor(1.8)', '5');
});

describe('a query: lists and maps', () => {
  gives('[1, 2] + 3 + [4]', '[1,2,3,4]');
  gives('[1, 2, 3][0]', '1');
  gives('[1, 2, 3][-1]', '3');
  gives('[1, 2, 3][5]', 'null');
  gives('[1, 2, 3][1..]', '[2,3]');
  gives('[1, 2, 3][..-1]', '[1,2]');
  gives('range(0, 10, 5)', '[0,5,10]');
  gives('range(3, 1)', '[]');
  gives('[x IN range(1, 5) WHERE x % 2 = 1 | x * 10]', '[10,30,50]');
  gives('reduce(sum = 0, x IN [1, 2, 3] | sum + x)', '6');
  gives('head([1, 2]) + last([1, 2]) + size(tail([1, 2]))', '4');
  gives('reverse([1, 2])', '[2,1]');
  gives("{a: 1, `b c`: [2]}['b c']", '[2]');
  gives('{a: {b: 1}}.a.b', '1');
  gives('{a: 1} = {a: 1.0}', 'true');
  gives('keys({b: 1, a: 2})', '["a","b"]');
  check('UNWIND [3, 1, null, 2] AS x RETURN x ORDER BY x', ['1', '2', '3', 'null']);
  check('UNWIND [3, 1, null, 2] AS x RETURN x ORDER BY x DESC', ['null', '3', '2', '1']);
  check('UNWIND [] AS x RETURN x', []);
  check('UNWIND null AS x RETURN x', []);
  check("UNWIND ['b', 1, true, [1], {a: 1}] AS x RETURN x ORDER BY x", [
    '{"a":1}',
    '[1]',
    '"b"',
    'true',
    '1',
  ]);
});

describe('a query: patterns', () => {
  check("MATCH (v:vm {name: 'web'}) RETURN v.id, v.tags.env, v.ram_gb, v.nothing", [
    '"c:vm/web","prod",8,null',
  ]);
  check('MATCH (v:VM) RETURN v.name ORDER BY v.name', ['"db"', '"web"']);
  check('MATCH (g:SecurityGroup) RETURN labels(g)', ['["security-group"]']);
  check('MATCH (n:Resource) RETURN count(n)', ['9']);
  check('MATCH (v:volume)-[r:ATTACHED_TO]->(m) RETURN v.name, type(r), m.name', [
    '"data","ATTACHED_TO","db"',
  ]);
  check('MATCH (m)<-[:attached_to]-(v) RETURN v.name, m.name', ['"data","db"']);
  check("MATCH (a:vm {name: 'web'})--(x) RETURN x.name ORDER BY x.name", ['"n1"', '"net"']);
  check("MATCH (a {name: 'web'})-->(x) RETURN x.name", ['"net"']);
  check('MATCH (a)-[:ATTACHED_TO|RUNS_ON]->(b) RETURN a.name ORDER BY a.name', ['"data"', '"p1"', '"p2"']);
  check('MATCH (a:pod)-->(n)-->(v:vm) RETURN a.name, n.name, v.name ORDER BY a.name', [
    '"p1","n1","web"',
    '"p2","n1","web"',
  ]);
  check('MATCH (a:vm), (b:vm) WHERE a.name < b.name RETURN a.name, b.name', ['"db","web"']);
  check("MATCH (a:vm {name: 'web'}) MATCH (a)-[:IN_NETWORK]->(n)<-[:IN_NETWORK]-(b) RETURN b.name", ['"db"']);
  check('MATCH (v:vm) WHERE (v)<-[:ATTACHED_TO]-() RETURN v.name', ['"db"']);
  check('MATCH (v:vm) WHERE NOT (v)<-[:ATTACHED_TO]-() RETURN v.name', ['"web"']);
  check(
    'MATCH (v:vm) WHERE EXISTS { (v)<-[:BACKED_BY]-(n) WHERE n.name STARTS WITH $p } RETURN v.name',
    ['"web"'],
    {
      parameters: { p: 'n' },
    },
  );
  check('MATCH (v:volume) RETURN v.name, COUNT { (v)-->() } AS n ORDER BY n', ['"free",0', '"data",1']);
  check("MATCH (n:node) RETURN [(n)<-[:RUNS_ON]-(p) WHERE p.name <> 'p2' | p.name]", ['["p1"]']);
  check('MATCH (v:vm) WHERE v:vm AND NOT v:pod RETURN count(*)', ['2']);
  check('MATCH (v:vm $p) RETURN v.name', ['"db"'], { parameters: { p: { status: 'stopped' } } });
  check('MATCH (v:volume) RETURN v {.name, big: v.size_gb > 50} ORDER BY v.name', [
    '{"name":"data","big":true}',
    '{"name":"free","big":false}',
  ]);
  check('MATCH (v) WHERE v.id = $id RETURN v.name', ['"db"'], { parameters: { id: 'c:vm/db' } });
  check("MATCH (a)-[r]->(b) WHERE a.name = 'web' RETURN startNode(r).name, endNode(r).name, r", [
    '"web","net",{"from":"c:vm/web","type":"IN_NETWORK","to":"c:network/net"}',
  ]);
});

describe('a query: relations are walked once in a pattern', () => {
  check("MATCH (a:vm {name: 'web'})-[]-(n:network)-[]-(b) RETURN b.name", ['"db"']);
  check(
    "MATCH (a {name: 'web'})-[:IN_NETWORK]->(n) MATCH (n)<-[:IN_NETWORK]-(b) RETURN b.name ORDER BY b.name",
    ['"db"', '"web"'],
  );
  check('MATCH (g:`security-group`)-[r]-(h) RETURN count(r)', ['1']);
  check('MATCH (g:`security-group`)-[]->(g) RETURN g.name', ['"self"']);
  check('MATCH (g:`security-group`)-[*]->(h) RETURN count(*)', ['1']);
  check('MATCH (a)-[r]->(b) RETURN count(*)', ['7']);
  check('MATCH (a)-[r]-(b) RETURN count(*)', ['13']);
});

describe('a query: paths', () => {
  check("MATCH (p:pod {name: 'p1'})-[*]->(x) RETURN x.name", ['"n1"', '"web"', '"net"']);
  check("MATCH (p:pod {name: 'p1'})-[*2]->(x) RETURN x.name", ['"web"']);
  check("MATCH (p:pod {name: 'p1'})-[*2..]->(x) RETURN x.name", ['"web"', '"net"']);
  check("MATCH (p:pod {name: 'p1'})-[*..2]->(x) RETURN x.name", ['"n1"', '"web"']);
  check("MATCH (p:pod {name: 'p1'})-[*0..1]->(x) RETURN x.name", ['"p1"', '"n1"']);
  check("MATCH (p:pod {name: 'p1'})-[rs:RUNS_ON|BACKED_BY*1..3]->(x:vm) RETURN x.name, [r IN rs | type(r)]", [
    '"web",["RUNS_ON","BACKED_BY"]',
  ]);
  check("MATCH (x:vm {name: 'web'})<-[rs*2]-(p:pod) RETURN p.name, [r IN rs | type(r)] ORDER BY p.name", [
    '"p1",["BACKED_BY","RUNS_ON"]',
    '"p2",["BACKED_BY","RUNS_ON"]',
  ]);
  check(
    "MATCH w = (p:pod {name: 'p1'})-[*]->(v:vm) RETURN length(w), [n IN nodes(w) | n.name], size(relationships(w))",
    ['2,["p1","n1","web"],2'],
  );
  check("MATCH w = (v:vm {name: 'db'}) RETURN w", ['{"nodes":["c:vm/db"],"relations":[]}']);
  check("MATCH w = (a:pod {name: 'p1'})-->()<--(b) RETURN [n IN nodes(w) | n.name]", ['["p1","n1","p2"]']);
});

describe('a query: optional patterns', () => {
  check('MATCH (v:volume) OPTIONAL MATCH (v)-[:ATTACHED_TO]->(m) RETURN v.name, m.name ORDER BY v.name', [
    '"data","db"',
    '"free",null',
  ]);
  check(
    'MATCH (v:volume) OPTIONAL MATCH (v)-->(m) OPTIONAL MATCH (m)-->(n) RETURN v.name, n.name ORDER BY v.name',
    ['"data","net"', '"free",null'],
  );
  check("OPTIONAL MATCH (v:vm {name: 'nobody'}) RETURN v", ['null']);
  check(
    'MATCH (v:volume) OPTIONAL MATCH (v)-->(m) WHERE m.name = $x RETURN v.name, m ORDER BY v.name',
    ['"data",null', '"free",null'],
    {
      parameters: { x: 'other' },
    },
  );
  check('MATCH (v:volume) OPTIONAL MATCH (v)-->(m) WITH v, m WHERE m IS NULL RETURN v.name', ['"free"']);
});

describe('a query: columns, groups and order', () => {
  check('MATCH (v:vm) RETURN count(*)', ['2']);
  check("MATCH (v:vm {name: 'nobody'}) RETURN count(*), sum(v.x), avg(v.x), min(v.x), collect(v.x)", [
    '0,0,null,null,[]',
  ]);
  check("MATCH (v:vm {name: 'nobody'}) RETURN v.name, count(*)", []);
  check('MATCH (v:vm) RETURN count(v.vcpus), sum(v.ram_gb), avg(v.ram_gb), min(v.name), max(v.ram_gb)', [
    '1,24,12,"db",16',
  ]);
  check('MATCH (n) RETURN n.kind AS kind, count(*) AS n ORDER BY n DESC, kind LIMIT 3', [
    '"pod",2',
    '"vm",2',
    '"volume",2',
  ]);
  check('MATCH (n) RETURN n.kind, count(*) ORDER BY count(*) DESC, n.kind SKIP 1 LIMIT 1', ['"vm",2']);
  check('MATCH (v:vm) RETURN v.name ORDER BY v.ram_gb DESC', ['"db"', '"web"']);
  check('UNWIND [1, 1, 2, null, null] AS x RETURN count(x), count(DISTINCT x), collect(DISTINCT x)', [
    '3,2,[1,2]',
  ]);
  check('UNWIND [1, 1.0, 2] AS x RETURN DISTINCT x', ['1', '2']);
  check('UNWIND [null, null] AS x RETURN DISTINCT x', ['null']);
  check('UNWIND [1, 2, 3, 4] AS x RETURN percentileCont(x, 0.5), percentileDisc(x, 0.5), stDevP(x) > 1.1', [
    '2.5,2,true',
  ]);
  check('UNWIND [1, 2, 3] AS x WITH x WHERE x > 1 RETURN sum(x) * 2 + count(*)', ['12']);
  check('UNWIND [1, 2, 3] AS x WITH x ORDER BY x DESC LIMIT 2 RETURN collect(x)', ['[3,2]']);
  check('MATCH (v:vm) WITH v.tags.env AS env, collect(v.name) AS names RETURN env, names ORDER BY env', [
    '"dev",["db"]',
    '"prod",["web"]',
  ]);
  check('WITH 1 AS a, 2 AS b RETURN *', ['1,2']);
  check('WITH 1 AS a WITH *, a + 1 AS b RETURN a, b', ['1,2']);
  check('RETURN 1 AS x UNION RETURN 1 AS x', ['1']);
  check('RETURN 1 AS x UNION ALL RETURN 1 AS x', ['1', '1']);
  check('RETURN 1 AS x // a remark\n/* and\n another */ ;', ['1']);
  check('MATCH (v:vm) RETURN v.name AS name, v.status AS name2 ORDER BY name SKIP 1', ['"web","running"']);
  check('UNWIND [[1, 2], [1]] AS l UNWIND l AS x RETURN sum(x)', ['4']);
  it('calls columns by their words where they have no name', async () => {
    assert.deepEqual((await run('RETURN 1 +  1, 2 AS two')).columns, ['1 +  1', 'two']);
  });
});

describe('what a query may not do', () => {
  for (const text of [
    'CREATE (n)',
    'MATCH (n) SET n.x = 1',
    'MATCH (n) DELETE n',
    'MATCH (n) DETACH DELETE n RETURN 1',
    'MERGE (n) RETURN n',
    'MATCH (n) REMOVE n.x RETURN n',
    'FOREACH (x IN [1] | CREATE (n))',
    "LOAD CSV FROM 'file:///etc/passwd' AS x RETURN x",
  ])
    refuses(text, /would change something/, 'unsupported');
  refuses('CALL db.labels()', /CALL/, 'unsupported');
  refuses('', /empty/);
  refuses('MATCH (n)', /end with RETURN/);
  refuses('RETURN 1 RETURN 2', /RETURN has to be the last/);
  refuses('MATCH (n RETURN n', /"RETURN" is not expected here \(line 1, column 10/);
  refuses('MATCH (n)\n  RETUN n', /line 2, column 3/);
  refuses("RETURN 'open", /quote is not closed/);
  refuses('RETURN x', /no "x" here/);
  refuses('MATCH (n) WITH n.name AS a RETURN n', /no "n" here/);
  refuses('MATCH (n) WITH n.name RETURN 1', /needs a name/);
  refuses('RETURN frobnicate(1)', /no function frobnicate/);
  refuses('RETURN size(1, 2)', /takes 1 value, not 2/);
  refuses('RETURN size(1)', /list is wanted/);
  refuses("RETURN 'a' - 1", /number is wanted/);
  refuses('RETURN 1 / 0', /divided by 0/);
  refuses('MATCH (n:server) RETURN n', /no kind "server".*vm/);
  refuses('MATCH ()-[:HANGS_ON]->() RETURN 1', /no relation "HANGS_ON".*ATTACHED_TO/);
  refuses('MATCH (a) RETURN a.name, count(*) + a.ram_gb', /not grouped/);
  refuses('MATCH (a) WHERE count(a) > 1 RETURN a', /only in WITH and RETURN/);
  refuses('RETURN count(count(1))', /sum of sums/);
  refuses('RETURN 1 AS a, 2 AS a', /Two columns/);
  refuses('RETURN 1 AS a UNION RETURN 2 AS b', /same columns/);
  refuses('RETURN $missing', /parameter \$missing/);
  refuses('MATCH ()-[r]->()-[r]->() RETURN r', /two relations/);
  refuses('RETURN 1 LIMIT -1', /not negative/);
  refuses('MATCH (n) WHERE n.name RETURN n', /true or false/);
  refuses("RETURN 'a' =~ '('", /cannot be read/);
  refuses("RETURN 'a' =~ '(?=a)a'", /look/);
  refuses('RETURN range(1, 100000000)', /too long/);
  refuses('RETURN *', /nothing that \*/);
  const refused = (text: string, message: RegExp) =>
    assert.throws(
      () => parseCypher(text),
      (error) => error instanceof ProblemError && message.test(error.problem.message),
    );
  it('refuses what is too long', () => refused(`RETURN '${'x'.repeat(21_000)}'`, /too long/));
  it('refuses what is nested too deeply', () =>
    refused(`RETURN ${'('.repeat(9_000)}1${')'.repeat(9_000)}`, /nested too deeply/));
  it('reads deep nesting in a time that does not double with every level', () => {
    const depth = 60;
    for (const [open, close] of [
      ['[x IN ', ']'],
      ['[(a {x: ', '})-->(b) | 1]'],
      ['(1 + ', ')'],
      ['{a: [', ']}'],
    ])
      parseCypher(`RETURN ${open!.repeat(depth)}[1]${close!.repeat(depth)}`);
  });
});

describe('the limits of a query', () => {
  const big = createGraph();
  const estate = bigEstate(3_000);
  const kinds = [...new Set(estate.resources.map(({ kind }) => kind))];
  big.apply('big', { name: 'all', kinds }, { mode: 'full', removed: [], ...estate });
  const runBig = (text: string, options: RunOptions = {}) =>
    runCypher(parseCypher(text), big, { text, ...options });

  it('gives so many rows, and says that there were more', async () => {
    const result = await runBig('MATCH (p:pod) RETURN p.name', { rowsMax: 10 });
    assert.equal(result.rows.length, 10);
    assert.equal(result.truncated, true);
  });

  it('ends at its time', () =>
    assert.rejects(
      runBig('MATCH (a)-[*]-(b) RETURN count(*)', { timeMs: 60 }),
      (error) => error instanceof ProblemError && error.problem.code === 'timed-out',
    ));

  it('ends when it is cancelled, and lets others have a turn meanwhile', async () => {
    const abort = new AbortController();
    let turns = 0;
    const others = setInterval(() => {
      if (++turns === 3) abort.abort();
    }, 1);
    await assert.rejects(
      runBig('MATCH (a)-[*]-(b) RETURN count(*)', { signal: abort.signal }),
      (error) => error instanceof ProblemError && error.problem.code === 'cancelled',
    );
    clearInterval(others);
    assert.ok(turns >= 3);
  });

  it('does not keep more rows than it may', () =>
    assert.rejects(
      runBig('MATCH (a:pod), (b:pod) RETURN a.name, b.name ORDER BY a.name'),
      (error) => error instanceof ProblemError && error.problem.code === 'overloaded',
    ));

  it('does not let one expression work for ever', () =>
    assert.rejects(
      runBig('RETURN EXISTS { (a)-[*]-(b) WHERE a.name = b.kind }'),
      (error) => error instanceof ProblemError && error.problem.code === 'overloaded',
    ));

  it('takes the same time for a text pattern that would make others hang', async () => {
    const { rows } = await runBig(
      "UNWIND range(1, 50) AS x RETURN 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' =~ '(a+)+b'",
    );
    assert.equal(rows.length, 50);
  });

  it('sees what came while it was running, or not, but ends well', async () => {
    const asked = runBig('MATCH (a:pod)-[:RUNS_ON]->(n:node) RETURN count(*)');
    big.apply(
      'big',
      { name: 'all', kinds },
      { mode: 'changes', resources: [], relations: [], removed: [estate.resources[0]!.id] },
    );
    assert.equal((await asked).rows.length, 1);
  });
});

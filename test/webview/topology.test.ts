// The topology page without a browser: filters, sentences, and the picture.

import assert from 'node:assert/strict';
import type { PanelNode } from '../../shared/panel/topology.ts';
import {
  choicesOf,
  type Graph,
  hiddenCount,
  lineOf,
  noFilters,
  summaryOf,
  tiesOf,
  visibleNodes,
  wordOf,
} from '../../webview/topology/model.ts';
import { placeBeside, spiral } from '../../webview/topology/places.ts';
import { svgOf } from '../../webview/topology/svg.ts';

const node = (name: string, more: Partial<PanelNode> = {}): PanelNode => ({
  id: `lab:vm/${name}`,
  name,
  kind: 'vm',
  status: 'running',
  health: 'ok',
  connection: 'lab',
  place: 'Lab',
  simulated: false,
  depth: 1,
  edges: 1,
  ...more,
});
const graph: Graph = {
  type: 'graph',
  title: 'Around web',
  roots: ['lab:vm/web'],
  nodes: [
    node('web', { depth: 0, edges: 4 }),
    node('db', { status: 'error', health: 'error' }),
    node('net', { kind: 'network' }),
  ],
  relations: [{ from: 'lab:vm/web', type: 'IN_NETWORK', to: 'lab:vm/net' }],
  truncated: false,
};
const names = (filters: object) => visibleNodes(graph, { ...noFilters, ...filters }).map(({ name }) => name);

describe('the topology page', () => {
  it('filters by words, kind, state and connection, and always shows the centre', () => {
    assert.deepEqual(names({}), ['web', 'db', 'net']);
    assert.deepEqual(names({ kind: 'network' }), ['web', 'net']);
    assert.deepEqual(names({ health: 'error' }), ['web', 'db']);
    assert.deepEqual(names({ text: 'DB err' }), ['web', 'db']);
    assert.deepEqual(names({ connection: 'other' }), ['web']);
  });
  it('offers what there is to filter by', () =>
    assert.deepEqual(choicesOf(graph.nodes, 'kind'), [
      ['network', 1],
      ['vm', 2],
    ]));
  it('says relations from the side of a node', () => {
    assert.deepEqual(tiesOf('lab:vm/web', graph.relations), [
      { other: 'lab:vm/net', words: 'in network', isIncoming: false },
    ]);
    assert.deepEqual(tiesOf('lab:vm/net', graph.relations), [
      { other: 'lab:vm/web', words: 'in network', isIncoming: true },
    ]);
  });
  it('counts what hangs on a node and is not on the page', () => {
    assert.equal(hiddenCount(graph.nodes[0]!, graph.relations), 3);
    assert.equal(hiddenCount(graph.nodes[1]!, []), 1);
  });
  it('says what is shown, filtered out and cut', () => {
    assert.equal(summaryOf(graph, graph.nodes, 1), '3 resources, 1 relation.');
    assert.equal(
      summaryOf({ ...graph, truncated: true }, graph.nodes.slice(1), 0),
      '2 resources, 0 relations. 1 filtered out. There is more: only the nearest are shown.',
    );
  });
  it('names connections and kinds as people do', () => {
    assert.equal(wordOf(graph.nodes, 'connection', 'lab'), 'Lab');
    assert.equal(wordOf(graph.nodes, 'kind', 'hpa'), 'autoscaler');
    assert.equal(wordOf(graph.nodes, 'health', 'ok'), 'ok');
  });

  it('says what a plan would do to a node', () => {
    const blast = {
      title: 'Stop web',
      targets: ['lab:vm/web'],
      affected: [{ id: 'lab:vm/db', relation: 'depends on web' }],
      truncated: false,
    };
    assert.equal(lineOf(graph.nodes[0]!, blast), 'VM, running, target of the plan');
    assert.equal(lineOf(graph.nodes[1]!, blast), 'VM, error, would notice: depends on web');
    assert.equal(lineOf(graph.nodes[2]!, blast), 'network, running');
    assert.match(summaryOf({ ...graph, blast }, graph.nodes, 1), /^1 target; 1 resource would notice\./);
  });
});

describe('places of many nodes', () => {
  it('begin at the centre, grow outwards, and never lie on one another', () => {
    const places = spiral(2_000);
    assert.deepEqual(places[0], { x: 0, y: 0 });
    const far = (index: number) => Math.hypot(places[index]!.x, places[index]!.y);
    assert.ok(far(1_999) > far(500) && far(500) > far(10) && far(1_999) < 2_200);
    for (let index = 1; index < 300; index++)
      for (let other = 0; other < index; other++) {
        const [a, b] = [places[index]!, places[other]!];
        assert.ok(Math.hypot(a.x - b.x, a.y - b.y) > 30, `${index} and ${other}`);
      }
  });
  it('beside something are near it', () => {
    const { x, y } = placeBeside({ x: 10, y: 20 }, 5);
    assert.ok(Math.hypot(x - 10, y - 20) < 150);
  });
});

describe('the picture of a topology', () => {
  const look = { background: '#fff', text: '#000', line: '#888', font: 'sans-serif' };
  const drawn = (id: string, x: number, label: string) => ({
    id,
    label,
    x,
    y: 0,
    size: 20,
    fill: '#0a0',
    border: '#000',
    borderWidth: 1,
    dashed: id === 'b',
  });
  it('holds every node, line and name, and nothing that a name could smuggle in', () => {
    const svg = svgOf(
      [drawn('a', 0, '<script>alert(1)</script>&"\u0000'), drawn('b', 100, 'two\nlines')],
      [
        { from: 'a', to: 'b', label: 'in "network"' },
        { from: 'a', to: 'gone', label: 'x' },
      ],
      look,
    );
    assert.equal(svg.match(/<circle/g)?.length, 2);
    assert.equal(svg.match(/<line /g)?.length, 1);
    assert.equal(svg.match(/<text/g)?.length, 3);
    assert.ok(!svg.includes('<script') && !svg.includes('\u0000'));
    assert.match(svg, /stroke-dasharray/);
    assert.match(svg, /viewBox="-60 -60 220 120"/);
  });
  it('is a whole picture where nothing is drawn', () =>
    assert.match(svgOf([], [], look), /^<svg .*<\/svg>\n$/s));
});

// The chart page without a browser: plots by unit, gaps, figures, values at a moment, and words for them.

import assert from 'node:assert/strict';
import type { SeriesRange } from '../../shared/model/series.ts';
import type { PanelSeries } from '../../shared/panel/chart.ts';
import {
  aligned,
  bandsOf,
  columnsOf,
  figuresOf,
  marksShown,
  plotsOf,
  timeLabels,
  timeText,
  valueAt,
  valueText,
} from '../../webview/chart/model.ts';

function series(id: string, more: Partial<SeriesRange> & { unit?: string } = {}): PanelSeries {
  const { unit = '%', ...rest } = more;
  const times = rest.times ?? [0, 10, 20];
  const means = rest.means ?? times.map((time) => time / 10);
  const range: SeriesRange = {
    series: { id, resource: id, metric: 'cpu', unit, source: 's', lastMs: 0, lastValue: 0, stepMs: 10 },
    widthMs: 0,
    gapMs: 30,
    times,
    means,
    mins: means,
    maxs: means,
    ...rest,
  };
  return { title: id, resourceName: id, range };
}

const foreseen = {
  ...series('a'),
  forecast: {
    series: series('a').range.series,
    times: [30, 40],
    means: [3, 4],
    low80: [2, 3],
    high80: [4, 5],
    low95: [1, 2],
    high95: [5, 6],
    methods: [],
    historyMs: 20,
    sentence: '',
  },
};

describe('the chart page', () => {
  it('puts series of one unit into one plot', () =>
    assert.deepEqual(
      plotsOf([series('a'), series('b', { unit: 'ms' }), series('c')]).map((plot) => [
        plot.unit,
        plot.series.map(({ title }) => title),
      ]),
      [
        ['%', ['a', 'c']],
        ['ms', ['b']],
      ],
    ));

  it('breaks a line where nothing was measured, and only there', () => {
    const [plot] = plotsOf([series('a', { times: [0, 10, 100, 110] })]);
    const { times, cells } = aligned(columnsOf(plot!));
    assert.deepEqual(times, [0, 10, 55, 100, 110]);
    assert.deepEqual(cells, [[0, 1, null, 10, 11]]);
  });

  it('does not break a line at moments that only another series has, nor bridges its gap there', () => {
    const [plot] = plotsOf([
      series('a', { times: [0, 20, 100] }),
      series('b', { times: [5, 25, 45, 65, 85] }),
    ]);
    const { times, cells } = aligned(columnsOf(plot!));
    assert.deepEqual(times, [0, 5, 20, 25, 45, 60, 65, 85, 100]);
    assert.deepEqual(cells[0], [0, undefined, 2, null, null, null, null, null, 10]);
    assert.deepEqual(cells[1], [undefined, 0.5, undefined, 2.5, 4.5, undefined, 6.5, 8.5, undefined]);
  });

  it('draws nothing for what is no number', () => {
    const [plot] = plotsOf([series('a', { means: [1, Number.NaN, 3] })]);
    assert.deepEqual(aligned(columnsOf(plot!)).cells, [[1, null, 3]]);
  });

  it('has a band of lowest and highest where a row is more than a sample, and of what is foreseen', () => {
    const [rolled] = plotsOf([series('a', { widthMs: 10 })]);
    assert.deepEqual(
      columnsOf(rolled!).map(({ role }) => role),
      ['high', 'low', 'mean'],
    );
    assert.deepEqual(bandsOf(columnsOf(rolled!)), [[0, 1]]);
    const [future] = plotsOf([foreseen]);
    const roles = columnsOf(future!).map(({ role }) => role);
    assert.deepEqual(roles, ['high95', 'low95', 'high80', 'low80', 'forecast', 'mean']);
    assert.deepEqual(bandsOf(columnsOf(future!)), [
      [0, 1],
      [2, 3],
    ]);
  });

  it('says the value at a moment: the nearest, the foreseen one, or none in a gap', () => {
    const one = series('a', { times: [0, 10, 100] });
    assert.deepEqual(
      [-1, 4, 6, 50, 99, 200].map((time) => valueAt(one, time)),
      [0, 0, 1, undefined, 10, undefined],
    );
    assert.deepEqual(
      [20, 38, 50, 51].map((time) => valueAt(foreseen, time)),
      [2, 4, 4, undefined],
    );
    assert.equal(valueAt(series('a', { times: [] }), 5), undefined);
  });

  it('counts last, lowest, mean and highest of what is shown', () => {
    assert.deepEqual(figuresOf(series('a', { means: [4, 2, 6], mins: [1, 2, 3], maxs: [4, 9, 6] }).range), {
      last: 6,
      lowest: 1,
      mean: 4,
      highest: 9,
    });
    assert.equal(figuresOf(series('a', { times: [] }).range), undefined);
  });

  it('keeps marks inside the time shown, and an open one until now', () => {
    const marks = [
      { kind: 'incident', fromMs: 0, open: true, title: 'open' },
      { kind: 'incident', fromMs: 0, toMs: 5, title: 'over' },
      { kind: 'plan', fromMs: 50, title: 'plan' },
      { kind: 'change', fromMs: 150, title: 'later' },
    ] as const;
    assert.deepEqual(
      marksShown({ marks, fromMs: 10, toMs: 100, nowMs: 80 }).map(({ mark, fromMs, toMs }) => [
        mark.title,
        fromMs,
        toMs,
      ]),
      [
        ['open', 10, 80],
        ['plan', 50, 50],
      ],
    );
  });

  it('says times as fine as the steps, and the date where a day begins', () => {
    const noon = new Date(2026, 4, 6, 12).getTime();
    const hour = 3_600_000;
    assert.equal(timeText(noon), '2026-05-06 12:00:00');
    assert.deepEqual(timeLabels([noon, noon + 15_000], 15_000), ['12:00:00', '12:00:15']);
    assert.deepEqual(timeLabels([noon, noon + 6 * hour, noon + 12 * hour], 6 * hour), [
      '12:00\n05-06',
      '18:00',
      '00:00\n05-07',
    ]);
    assert.deepEqual(timeLabels([noon], 24 * hour), ['05-06']);
  });

  it('says values with their unit and without powers of ten', () => {
    assert.deepEqual(
      [valueText(0, '%'), valueText(97.46, '%'), valueText(1_234_567, '1/s'), valueText(0.01234, '')],
      ['0 %', '97.5 %', '1,234,567 1/s', '0.012'],
    );
    assert.deepEqual([valueText(undefined, '%'), valueText(Number.NaN, '%')], ['–', '–']);
  });
});

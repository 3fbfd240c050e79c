// Draws an answer: its sentence, tables whose rows lead to the thing they speak of, logs, charts, and where it was
// read and when. Everything in it came from a cloud and is shown as text.

import type { Answer, AnswerBlock } from '../../shared/model/answer.ts';
import { valueText } from '../../shared/panel/planText.ts';
import { type Child, element } from '../dom.ts';
import { drawSeries } from './series.ts';

export interface AnswerActions {
  openResource(id: string): void;
  openTopology(id: string): void;
}

const refsShown = 12;

export function drawAnswer(
  answer: Answer,
  names: Readonly<Record<string, string>>,
  actions: AnswerActions,
): HTMLElement {
  return element(
    'div',
    { class: 'answer' },
    element('p', { class: 'summary' }, answer.summary),
    ...answer.blocks.map((block, index) => drawBlock(block, index, actions)),
    drawRefs(answer, names, actions),
    answer.refs.length === 1 &&
      element(
        'p',
        {},
        doLink('Show topology', 'topology', () => actions.openTopology(answer.refs[0]!)),
      ),
    element('p', { class: 'quiet' }, answer.source),
  );
}

/** A link that does something here, rather than leading to a thing. */
export function doLink(text: string, focusKey: string, onClick: () => void): HTMLElement {
  return element(
    'button',
    { class: 'link', focusKey, on: { click: onClick }, attributes: { type: 'button' } },
    text,
  );
}

/** Links to what the answer speaks of, where no table row links to it already. */
function drawRefs(answer: Answer, names: Readonly<Record<string, string>>, actions: AnswerActions): Child {
  const linked = new Set(
    answer.blocks.flatMap((block) => (block.kind === 'table' ? block.rows.map((row) => row.id) : [])),
  );
  const refs = answer.refs.filter((id) => !linked.has(id));
  if (refs.length === 0) return undefined;
  const rest = refs.length - refsShown;
  return element(
    'p',
    { class: 'refs' },
    element('span', { class: 'quiet' }, 'About'),
    ...refs
      .slice(0, refsShown)
      .map((id, index) => resourceLink(id, names[id] ?? id, `ref:${index}`, actions)),
    rest > 0 && element('span', { class: 'quiet' }, `and ${rest.toLocaleString('en')} more`),
  );
}

function drawBlock(block: AnswerBlock, index: number, actions: AnswerActions): Child {
  switch (block.kind) {
    case 'text':
      return element('p', { class: 'text' }, block.text);
    case 'table':
      return drawTable(block, index, actions);
    case 'log':
      return drawLog(block, index);
    case 'series':
      return drawSeries(block);
  }
}

type TableBlock = Extract<AnswerBlock, { kind: 'table' }>;

function drawTable(block: TableBlock, index: number, actions: AnswerActions): HTMLElement {
  const head = element(
    'tr',
    {},
    ...block.columns.map((column) => element('th', { attributes: { scope: 'col' } }, column.title)),
  );
  const rows = block.rows.map((row, rowIndex) =>
    element(
      'tr',
      {},
      ...block.columns.map((column, columnIndex) => {
        const text = valueText(row.cells[column.key] ?? '');
        const { id } = row;
        const isLink = columnIndex === 0 && id !== undefined;
        return element(
          'td',
          {},
          isLink ? resourceLink(id, text || id, `row:${index}:${rowIndex}`, actions) : text,
        );
      }),
    ),
  );
  const rest = block.total - block.rows.length;
  return element(
    'div',
    {
      class: 'table sideways',
      attributes: { tabindex: 0, role: 'region', 'aria-label': 'Table' },
      focusKey: `table:${index}`,
    },
    element('table', {}, element('thead', {}, head), element('tbody', {}, ...rows)),
    rest > 0 && element('p', { class: 'quiet' }, `and ${rest.toLocaleString('en')} more`),
  );
}

/** A link that shows a resource in the tree. */
export function resourceLink(
  id: string,
  text: string,
  focusKey: string,
  actions: AnswerActions,
): HTMLElement {
  return element(
    'button',
    {
      class: 'link',
      focusKey,
      on: { click: () => actions.openResource(id) },
      attributes: { type: 'button', title: `Show ${id} in the tree` },
    },
    text,
  );
}

function drawLog(block: Extract<AnswerBlock, { kind: 'log' }>, index: number): HTMLElement {
  return element(
    'details',
    { class: 'log', attributes: { open: true, 'data-details': `log:${index}` } },
    element('summary', { focusKey: `log:${index}` }, block.title),
    element('pre', { attributes: { tabindex: 0 } }, block.text),
    block.truncated && element('p', { class: 'quiet' }, 'Only the end is shown.'),
  );
}

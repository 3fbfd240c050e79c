// An answer to a question as text: tables in columns, logs as they are, series as their range and a line of blocks.

import type { Answer, AnswerBlock } from '../../shared/model/answer.ts';
import type { Json } from '../../shared/model/resource.ts';
import { sparkline } from '../../shared/model/sparkline.ts';
import { columns, style } from './output.ts';

export function renderAnswer(answer: Answer): string {
  const blocks = answer.blocks.map(renderBlock).filter((text) => text !== '' && text !== answer.summary);
  return [style.bold(answer.summary), ...blocks, style.dim(answer.source)].join('\n');
}

function renderBlock(block: AnswerBlock): string {
  switch (block.kind) {
    case 'text':
      return block.text;
    case 'log':
      return block.truncated
        ? `${style.dim('(earlier lines left out)')}\n${block.text.trimEnd()}`
        : block.text.trimEnd();
    case 'table': {
      const head = block.columns.map(({ title }) => style.dim(title));
      const rows = block.rows.map(({ cells }) => block.columns.map(({ key }) => cellOf(cells[key])));
      const more = block.total - block.rows.length;
      return [columns([head, ...rows]), ...(more > 0 ? [style.dim(`and ${more} more`)] : [])].join('\n');
    }
    case 'series': {
      const values = block.points.map(([, value]) => value);
      if (values.length === 0) return `${block.title}: no points`;
      const range = `${round(Math.min(...values))}–${round(Math.max(...values))}`;
      const current = round(block.current ?? values.at(-1)!);
      const asked = block.query === undefined ? '' : `\n${style.dim(block.query)}`;
      return `${block.title}: ${current} ${block.unit} (${range})\n${sparkline(values)}${asked}`;
    }
  }
}

function cellOf(value: Json | undefined): string {
  if (value === undefined || value === null) return '–';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replaceAll('\n', ' ');
}

function round(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1);
}

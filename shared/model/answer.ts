// The answer to a question: rows, text or figures out of the graph, the audit and the series, with the resources
// they speak of. An answer is evidence: it names where it was read and when.

import type { Json } from './resource.ts';

export type AnswerBlock =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'table';
      readonly columns: readonly { readonly key: string; readonly title: string }[];
      /** `id` of a row, where set, is the resource it links to. */
      readonly rows: readonly { readonly id?: string; readonly cells: Readonly<Record<string, Json>> }[];
      /** How many there are in all, where the rows are only the first. */
      readonly total: number;
    }
  | { readonly kind: 'log'; readonly title: string; readonly text: string; readonly truncated: boolean }
  | {
      readonly kind: 'series';
      readonly title: string;
      readonly unit: string;
      /** Milliseconds since the epoch, and the value; ordered in time. */
      readonly points: readonly (readonly [number, number])[];
      readonly current?: number;
      /** The id of the stored series it is a part of, for opening the chart. */
      readonly series?: string;
      /** Stretches of time to shade: incidents. */
      readonly bands?: readonly { readonly fromMs: number; readonly toMs: number; readonly title: string }[];
      /** What is expected next: time, middle, and the low and high end of the 80 % interval. */
      readonly forecast?: readonly (readonly [number, number, number, number])[];
      /** The question to the store or source it is the answer to. */
      readonly query?: string;
    };

export interface Answer {
  /** One sentence that answers. */
  readonly summary: string;
  readonly blocks: readonly AnswerBlock[];
  /** Ids the answer is about, for the next turn's pronouns. */
  readonly refs: readonly string[];
  /** Where it was read and when: "sandbox, read 2 s ago". */
  readonly source: string;
}

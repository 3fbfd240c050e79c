// Something new that was named beside what is made, and is in no step: "create a keypair a. Furthermore a network b." Without a
// word that joins them the second may only be told of, so that the plan is offered as a question. A name is known by its
// place behind an article and a kind, and by nothing here being called so. Called by `doubtfulSteps`, over the text as it was typed.

import type { PlanReading } from '../../../shared/model/reading.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import type { Doubt } from './objections.ts';

/** The new thing that no step makes. */
export function newThingLeft({ steps }: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  if (!steps.some(({ operation }) => operation.startsWith('create.'))) return undefined;
  const said = JSON.stringify(steps.map(({ args }) => args)).toLowerCase();
  const left = cells.find((_, at) => {
    const name = newNameAt(cells, at);
    return name !== undefined && !said.includes(name.text.toLowerCase());
  });
  if (!left) return undefined;
  const name = newNameAt(cells, cells.indexOf(left))!;
  return { about: 'op', question: `Is "${name.text}" to be made, too? It is no step of this plan.` };
}

/** The name behind "a network", where nothing is called so. */
function newNameAt(cells: readonly Cell[], at: number): Cell | undefined {
  const kind = cells[at]!.quoted ? undefined : senseOf(cells[at], 'kind');
  if (!kind || kind.plural || senseOf(cells[at], 'name') || !creatable.test(kind.kinds[0] ?? ''))
    return undefined;
  if (!/^(a|an|another|one|new|a new)$/.test(cells[at - 1]?.low ?? '')) return undefined;
  const name = cells[isWord(cells[at + 1], 'named') ? at + 2 : at + 1];
  const isNew =
    name !== undefined &&
    !name.quoted &&
    !name.repaired &&
    name.senses.every(({ t }) => t === 'prefix' || t === 'part');
  return isNew && /^[a-z][\w.]*[-_\d][\w.-]*$/i.test(name.text) ? name : undefined;
}

const creatable = /^(vm|volume|network|subnet|security-group|keypair|namespace|deployment)$/;

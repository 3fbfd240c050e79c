// Steps that one word of the text leaves in doubt: "it" for several things, a destroy of "it" behind steps of others, ports of
// which one is bounded and another is not, what is put back at once where it was to wait, and an order that is in no step.
// The plan is offered as a question. Called by `heldBack`, over the text as it was typed.

import type { PlanReading } from '../../../shared/model/reading.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { osaDistance } from '../words/distance.ts';
import { contraryOrders } from './contraryOrders.ts';
import { destroying } from './guard.ts';
import { newThingLeft } from './newThingsLeft.ts';
import type { Doubt } from './objections.ts';
import { sparedArgument } from './sparedArguments.ts';
import { idsOf } from './targets.ts';

/** Of which of several things a word that stands for one is said, or where a term of one step is due to another. */
export function doubtfulSteps(reading: PlanReading, cells: readonly Cell[]): Doubt | undefined {
  const beside =
    newThingLeft(reading, cells) ?? sparedArgument(reading, cells) ?? contraryOrders(reading, cells);
  if (beside) return beside;
  const { steps } = reading;
  const mistyped = cells.find((cell) => isFarTypo(cell));
  if (mistyped && steps.some(({ operation }) => /^delete\./.test(operation)))
    return { about: 'op', question: `Is "${mistyped.text}" to be ${mistyped.low}?` };
  const pointed = ({ evidence }: PlanReading['steps'][number]): boolean => {
    const verb = evidence.find(({ part }) => part === 'verb')?.start ?? 0;
    const own = evidence.filter(({ part, start }) => part === 'target' && start > verb);
    const last = Math.max(...own.map(({ start }) => start));
    // "delete it along with poc-disk"
    const isMore = cells.some(
      (cell) => cell.start > last && senseOf(cell, 'name')?.exact && !senseOf(cell, 'env'),
    );
    return (
      own.length > 0 &&
      !isMore &&
      own.every(({ start }) =>
        cells.some((cell) => cell.start === start && !cell.quoted && single.test(cell.low)),
      )
    );
  };
  // "orders-staging was cloned from orders-prod, delete it"
  const isSet = steps.some(
    (step) =>
      idsOf(step).length > 1 && step.target?.kind === 'resources' && !step.target.filter && pointed(step),
  );
  if (isSet || isOneOfSeveral(steps, cells))
    return { about: 'target', question: 'Which one of these is meant?' };
  // "detach a, attach b to c, delete it"
  const isDestroying = steps.some((step, at) => {
    const before = new Set(steps.slice(0, at).flatMap(idsOf));
    return /^delete\./.test(step.operation) && before.size > 1 && pointed(step);
  });
  if (isDestroying) return { about: 'target', question: 'Which one of these is to be deleted?' };
  // "open 9000 from 10.0.0.0/8, then 9100 too"
  const opened = steps.filter(({ operation }) => operation.startsWith('open-port.'));
  const bounded = opened.filter(({ args }) => args.cidr !== undefined);
  if (bounded.length > 0 && bounded.length < opened.length)
    return { about: 'args.cidr', question: 'From where is each of these ports to be open?' };
  // "suspend it until the migration is through and then resume it"
  const isBackAtOnce = steps.some(
    (step) =>
      /^(?:suspend|stop|policy\.disable)/.test(step.operation) &&
      steps.some(
        (other) =>
          /^(?:resume|start|policy\.enable)/.test(other.operation) &&
          idsOf(other).join() === idsOf(step).join(),
      ),
  );
  const used = JSON.stringify(steps.map(({ target, args }) => [target, args]));
  const left = cells.findIndex((cell, at) => {
    const before = cells[at - 1];
    const isLed = before === undefined || isWord(before, 'comma', 'stop', 'colon', 'filler', 'and');
    const isRead = steps.some(({ evidence }) =>
      evidence.some(({ start, end }) => start < cell.end && cell.start < end),
    );
    if (!isLed || isRead || cell.quoted || senseOf(cell, 'verb')?.form !== 'base' || senseOf(cell, 'name'))
      return false;
    const next = isWord(cells[at + 1], 'det') ? cells[at + 2] : cells[at + 1];
    const name = next && !next.quoted && !senseOf(next, 'env') ? senseOf(next, 'name') : undefined;
    const isThing = name?.exact === true && !name.ids.every((id) => /:(?:flavor|image|keypair)\//.test(id));
    // "stop jenkins, no, reboot web-1": it was taken back.
    const back = cells.findIndex((one, index) => index > at && !one.quoted && isWord(one, 'correction'));
    let then = back + 1;
    while (isWord(cells[then], 'comma', 'stop', 'filler', 'correction')) then++;
    if (back >= 0 && senseOf(cells[then], 'verb')?.form === 'base') return false;
    return isThing && !name.ids.some((id) => used.includes(JSON.stringify(id)));
  });
  // "scale grafana to 2. no, 3. then restart loki": an order that is in no step.
  if (left >= 0)
    return {
      about: 'op',
      question: `What is to be done by "${cells[left]!.text} …"? It is no step of this plan.`,
    };
  const isTermed = cells.some((cell) => !cell.quoted && /^(?:until|till|while|during)\b/.test(cell.low));
  return isBackAtOnce && isTermed
    ? { about: 'op', question: 'Nothing waits for that. Is the second step to be done at once?' }
    : undefined;
}

/** "the snapshot a and the disk b. Delete one of them": each of which the one verb was read for. */
function isOneOfSeveral(steps: PlanReading['steps'], cells: readonly Cell[]): boolean {
  return cells.some((cell, at) => {
    if (cell.quoted || senseOf(cell, 'verb')?.form !== 'base') return false;
    const end = cells.findIndex((one, next) => next > at && isWord(one, 'stop', 'comma', 'filler'));
    const words = cells.slice(at + 1, end < 0 ? cells.length : end);
    const low = words.map((one) => (one.quoted ? '"' : one.low)).join(' ');
    if (!single.test(low) && !oneOf.test(low)) return false;
    // "restart that one, and then b too"
    const isMore = cells.some(
      (one) => one.start > cell.start && senseOf(one, 'name')?.exact && !senseOf(one, 'env'),
    );
    const ids = steps.flatMap(({ target, evidence }) => {
      const isOwn = evidence.some(({ part, start }) => part === 'verb' && start === cell.start);
      return isOwn && target?.kind === 'resources' && !target.filter ? target.ids : [];
    });
    if (isMore) return false;
    return new Set(ids).size > 1;
  });
}

const oneOf = /^(?:one|any|either)(?: of (?:them|these|those|the (?:two|three)))?$/;
const single = /^(?:it|that|that one|this|this one)$/;

/** "detele": a word of destroying that takes more than one slip to have been typed so. */
const isFarTypo = (cell: Cell): boolean =>
  cell.repaired &&
  destroying.has(senseOf(cell, 'verb')?.phrase ?? '') &&
  cell.text.length === cell.low.length &&
  [...cell.text.toLowerCase()].sort().join('') === [...cell.low].sort().join('') &&
  osaDistance(cell.text.toLowerCase(), cell.low, 1) > 1;

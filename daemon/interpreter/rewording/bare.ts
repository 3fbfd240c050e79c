// Orders without their verb, or whose noun is a size: "M.8 for web-10", "four replicas for prod/search", "one t3.medium
// called probe". What is said first is what the thing is to have, or what is to be made; the verb and the kind are put
// in their place. A sentence that asks, lists or already orders is left alone. Called by `reword`, before idioms.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { isQuestion } from '../words/cues.ts';
import { isBase, plain, word } from '../words/plainCells.ts';

/** The cells with the verb that was left out. */
export function withBareOrders(cells: readonly Cell[]): readonly Cell[] {
  if (isQuestion(cells) || cells.some((cell) => cell.low === '?' && !cell.quoted)) return cells;
  return withFlavorNoun(withMachineNoun(withAmountFirst(withPlus(cells))));
}

/** "scratch plus 50 GB": by that much. */
function withPlus(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex((cell) => cell.low === 'plus' && !cell.quoted);
  const kind = senseOf(cells[at + 1], 'value')?.value.k;
  const isAmount = kind === 'size' || kind === 'number' || kind === 'percent';
  if (at < 1 || !isAmount || !senseOf(cells[at - 1], 'name') || cells.some((cell) => isOrdering(cell)))
    return cells;
  const phrase = kind === 'number' ? 'scale' : 'grow';
  const verb = plain(cells[at]!, phrase, { t: 'verb', phrase, form: 'base' });
  return [verb, ...cells.slice(0, at), plain(cells[at]!, 'by', word('prep')), ...cells.slice(at + 1)];
}

const isFlavor = (cell: Cell | undefined): boolean => {
  const ids = senseOf(cell, 'name')?.ids ?? [];
  return ids.length > 0 && ids.every((id) => id.includes(':flavor/'));
};

const isOfKind = (cell: Cell, ...kinds: readonly string[]): boolean =>
  (senseOf(cell, 'name')?.ids ?? []).some((id) => kinds.some((kind) => id.includes(`:${kind}/`)));

/** "M.8 for web-10", "50 GB for scratch", "4 replicas for prod/search". */
function withAmountFirst(cells: readonly Cell[]): readonly Cell[] {
  const lead = cells.findIndex((cell) => !isWord(cell, 'filler', 'comma') || senseOf(cell, 'value'));
  // "flavor L.16 for db-1"
  const first = isWord(cells[lead], 'typeWord') && isFlavor(cells[lead + 1]) ? lead + 1 : lead;
  const value = cells[first];
  if (!value || value.quoted || cells.some((cell) => isOrdering(cell))) return cells;
  const kind = senseOf(value, 'value')?.value.k;
  const isReplicas = (kind === 'number' || kind === 'times') && isWord(cells[first + 1], 'replicas');
  // "+1 replica on web" adds to what is there.
  if (/^[+-]/.test(value.text) || (!isFlavor(value) && kind !== 'size' && !isReplicas)) return cells;
  const end = isReplicas ? first + 2 : first + 1;
  const to = cells[end];
  if (!to || to.quoted || !/^(for|on|of|in)$/.test(to.low)) return cells;
  let stop = end + 1;
  const isListed = (at: number): boolean =>
    isWord(cells[at], 'and', 'comma') && isTarget(cells[at + 1] ?? cells[at]!) && !isFlavor(cells[at + 1]);
  while (stop < cells.length && (isTarget(cells[stop]!) || isListed(stop))) stop++;
  const target = cells.slice(end + 1, stop);
  const rest = cells.slice(stop);
  const isNamed = target.some(
    (cell) => senseOf(cell, 'name')?.exact && !isFlavor(cell) && !isOfKind(cell, 'image', 'network'),
  );
  if (!isNamed || !rest.every((cell) => isWord(cell, 'filler', 'stop', 'comma', 'again'))) return cells;
  const phrase = isReplicas ? 'scale' : 'resize';
  // "another 50 GB on scratch" comes to what is there.
  const isMore =
    / (more|extra|additional|further) /.test(value.low) ||
    cells.slice(0, first).some((cell) => /\b(another|extra|additional|further|more)\b/.test(cell.low));
  const prep = isMore ? 'by' : 'to';
  return [
    plain(value, phrase, { t: 'verb', phrase, form: 'base' }),
    ...target,
    plain(to, prep, word('prep')),
    ...cells.slice(first, end),
    ...rest,
  ];
}

const isTarget = (cell: Cell): boolean =>
  isWord(cell, 'det', 'prep') ||
  ['name', 'kind', 'env', 'region'].some((sort) => cell.senses.some(({ t }) => t === sort));

function isOrdering(cell: Cell): boolean {
  if (cell.quoted) return false;
  const isVerb = senseOf(cell, 'verb') !== undefined && !senseOf(cell, 'name') && !senseOf(cell, 'value');
  return (
    (isVerb && !isWord(cell, 'filler', 'prep', 'replicas')) ||
    isWord(
      cell,
      'ask',
      'listCue',
      'showCue',
      'logCue',
      'what',
      'who',
      'why',
      'howMany',
      'not',
      'except',
      'if',
      'all',
      'arrow',
    )
  );
}

const giving =
  /^(give|get|give me|get me|give us|hand me|fetch me|buy me|hook me up with|set me up with|sort me out with|buy|install|prepare|whip up|knock up|rustle up|establish|need|have|want|i need|we need|i want|create|launch|spin up|make|start|provision|boot|order|set up|bring up|fire up|stand up|add|deploy|run)$/;

/** "one t3.medium called probe", "give me an S.2 running cirros": a machine of that size. */
function withFlavorNoun(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(isFlavor);
  const counted = cells[at - 1];
  const isNoun =
    at > 0 &&
    counted !== undefined &&
    !counted.quoted &&
    (/^(a|an|another|one more|new|fresh)$/.test(counted.low) ||
      senseOf(counted, 'value')?.value.k === 'number' ||
      senseOf(counted, 'value')?.value.k === 'times');
  if (!isNoun || senseOf(cells[at + 1], 'kind') || isWord(cells[at + 1], 'typeWord')) return cells;
  const before = cells.slice(0, at - 1);
  const isLead = before.every(
    (cell) =>
      isWord(cell, 'filler', 'comma', 'det', 'need', 'light') || giving.test(cell.low) || isWish(cell),
  );
  const others = cells.filter((_, index) => index !== at);
  const isOther = others.some(
    (cell) =>
      !isAfterName(cells, cell) &&
      senseOf(cell, 'name') !== undefined &&
      !isOfKind(cell, 'image', 'network', 'keypair', 'security-group', 'subnet', 'namespace'),
  );
  const isNew = before.length > 0 || others.some((cell) => isWord(cell, 'named') || isOfKind(cell, 'image'));
  if (
    !isLead ||
    isOther ||
    !isNew ||
    cells.some((cell) => isWord(cell, 'if', 'not', 'what', 'who', 'howMany'))
  )
    return cells;
  if (
    cells
      .slice(at + 1)
      .some((cell) => isBase(cell) && !senseOf(cell, 'name') && !isWord(cell, 'prep', 'filler'))
  ) {
    const next = cells.findIndex(
      (cell, index) => index > at && isWord(cell, 'comma', 'stop', 'and', 'afterwards'),
    );
    if (next < 0) return cells;
  }
  const create = plain(counted, 'create', { t: 'verb', phrase: 'create', form: 'base' });
  const machine = plain(cells[at]!, 'vm', { t: 'kind', kinds: ['vm'], plural: false });
  return [create, counted, cells[at]!, machine, ...cells.slice(at + 1).map(asWith)];
}

const newly = /^(a|an|one|another|more|new|fresh|extra|additional|second)$/;
const setting = ['flavor', 'image', 'network', 'keypair', 'security-group', 'subnet'];

/** "t3.small box from debian-12, name probe", "we need one more web machine: web-5, size t3.large": one that is made. */
function withMachineNoun(cells: readonly Cell[]): readonly Cell[] {
  const at = cells.findIndex(
    (cell) =>
      !cell.quoted &&
      !senseOf(cell, 'name') &&
      senseOf(cell, 'kind')?.kinds[0] === 'vm' &&
      (!senseOf(cell, 'kind')!.plural || cells.some(isCount)),
  );
  if (at < 0 || cells.some((cell) => isWord(cell, 'if', 'not', 'what', 'who', 'howMany', 'all', 'except')))
    return cells;
  const before = cells.slice(0, at);
  const isSeveral = senseOf(cells[at], 'kind')!.plural;
  const isSaid = (cell: Cell): boolean => isFlavor(cell) || (isSeveral && isCount(cell));
  const head = before.filter((cell) => isSaid(cell) || newly.test(cell.low));
  const isLead = before.every(
    (cell) =>
      isWord(cell, 'filler', 'comma', 'need') ||
      isWish(cell) ||
      head.includes(cell) ||
      (cell === cells[at - 1] && cell.senses.every(({ t }) => t === 'part')),
  );
  const rest = cells.slice(at + 1);
  const name = rest.findIndex((cell, index) => isNewName(cell) && isWord(rest[index - 1], 'named', 'colon'));
  const isSettings = rest.every(
    (cell) => cell === rest[name] || senseOf(cell, 'name') === undefined || isOfKind(cell, ...setting),
  );
  const isOrder = rest.some((cell) => isBase(cell) && !senseOf(cell, 'name') && !isWord(cell, 'filler'));
  const isMade = cells.some((cell) => isOfKind(cell, 'image')) && name > 0;
  if (head.length === 0 || !isLead || !isSettings || isOrder || !isMade) return cells;
  const colon = rest.findIndex((cell) => isWord(cell, 'colon') && !cell.quoted);
  // "before the sale: …" is when it is wanted.
  const isOccasion =
    colon >= 0 &&
    rest
      .slice(0, colon)
      .every(
        (cell) => isWord(cell, 'before', 'det', 'filler') || cell.senses.length === 0 || cell.low === 'for',
      );
  if (colon >= 0 && (!isOccasion || colon !== name - 1)) return cells;
  const create = plain(cells[at]!, 'create', { t: 'verb', phrase: 'create', form: 'base' });
  const said = colon < 0 ? rest : [plain(rest[colon]!, 'named', word('named')), ...rest.slice(colon + 1)];
  return [create, ...before.filter(isSaid), cells[at]!, ...said];
}

const isCount = (cell: Cell): boolean =>
  !cell.quoted && /^(number|times)$/.test(senseOf(cell, 'value')?.value.k ?? '') && !senseOf(cell, 'name');

const isNewName = (cell: Cell): boolean =>
  !cell.quoted && cell.senses.every(({ t }) => t === 'prefix') && /^[a-z][\w.-]*$/i.test(cell.text);

const isWish = (cell: Cell): boolean => /^(i|we|need|want|would like|like|could use)$/.test(cell.low);

const isAfterName = (cells: readonly Cell[], cell: Cell): boolean =>
  isWord(cells[cells.indexOf(cell) - 1], 'named');

/** "running cirros", "on debian-12": from that image. */
function asWith(cell: Cell, index: number, rest: readonly Cell[]): Cell {
  const next = rest[index + 1];
  const isOn =
    /^(running|on|off|based on|from|using)$/.test(cell.low) && next !== undefined && isOfKind(next, 'image');
  return isOn ? plain(cell, 'with', word('prep')) : cell;
}

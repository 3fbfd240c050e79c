// Orders and looks said shorter than they are read, behind the things they are for: "…: make them 40", "can you make it a
// t3.medium?", "prod deployments with … should get 3", "let 10.0.0.0/24 in on 5432", "show me what it logged", "after that
// restart show …", "in prod and in payments", "db-1 needs a volume: create it as x …". Each becomes the longer form; which
// things are meant stays as it was said, and a text that corrects itself or makes something new is left. Called on every
// text, once its words are known.

import { isFlavor } from '../freeOrder/chunks.ts';
import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { type Turn, withTurns } from '../words/phraseTurns.ts';
import { isBase, isMark, isThing, low, plain, word } from '../words/plainCells.ts';

/** The cells with each such turn said in full. */
export const withSaidShort = (cells: readonly Cell[]): readonly Cell[] => withTurns(cells, turns);

const base = (cell: Cell, phrase: string): Cell => plain(cell, phrase, { t: 'verb', phrase, form: 'base' });
const isOver = (cell: Cell | undefined): boolean =>
  cell === undefined || isMark(cell) || isWord(cell, 'filler', 'and', 'afterwards');
const isNumber = (cell: Cell | undefined): boolean =>
  cell?.quoted === false && senseOf(cell, 'value')?.value.k === 'number' && !senseOf(cell, 'name');
const isPlace = (cell: Cell | undefined): boolean =>
  senseOf(cell, 'env') !== undefined ||
  senseOf(cell, 'region') !== undefined ||
  senseOf(cell, 'part') !== undefined ||
  (senseOf(cell, 'name')?.ids ?? []).some((id) => id.includes(':namespace/'));
const isOrder = (cell: Cell): boolean => isBase(cell) && !isThing(cell) && !isWord(cell, 'prep', 'filler');

/** "web-1 is too small, can you make it an M.8?": where no other is said, and nothing is ordered before. */
const madeFlavor: Turn = {
  words: /^make it(?: an?)?/,
  put: (cells, from, to) => {
    const before = cells.slice(0, from);
    const isFirst = !before.some((cell) => isOrder(cell) || isFlavor(cell) || low(cell) === '?');
    return isFlavor(cells[to]) && isOver(cells[to + 1]) && isFirst && before.some(isThing)
      ? resized(cells[from]!, 'it')
      : undefined;
  },
};

/** "volumes smaller than 40 GB: make them 40": what they have less or more of. */
const madeSize: Turn = {
  words: /^make (?:them|these|those|it)(?: all)?/,
  put: (cells, from, to) => {
    const before = cells.slice(0, from);
    const isOfSize =
      before.some((cell) => senseOf(cell, 'kind')?.kinds[0] === 'volume') &&
      before.some((cell) => senseOf(cell, 'value')?.value.k === 'size') &&
      !before.some(isOrder);
    const isFigure = isNumber(cells[to]) && isOver(cells[to + 1]);
    return isFigure && isOfSize ? resized(cells[from]!, 'them') : undefined;
  },
};

const resized = (cell: Cell, pronoun: string): readonly Cell[] => [
  base(cell, 'resize'),
  plain(cell, pronoun, word('pronoun')),
  plain(cell, 'to', word('prep')),
];

/** "deployments with fewer than 3 replicas should get 3", "should go down to 1": have as many replicas. */
const shouldGet: Turn = {
  words:
    /^(?:should|must|shall|ought to|need to|have to) ?(?:get|be|be at|be on|be up at|(?:go|come) (?:up |down |back )?to) \d+(?= |$)/,
  put: (cells, from, to) => {
    const before = cells.slice(0, from);
    const isOfReplicas =
      before.some((cell) => senseOf(cell, 'kind')?.plural === true && !isWord(cell, 'replicas')) &&
      before.some((cell) => isWord(cell, 'replicas')) &&
      !before.some((cell) => isOrder(cell) || isWord(cell, 'what', 'ask', 'if'));
    return isOfReplicas && isNumber(cells[to - 1]) && (cells[to] === undefined || isMark(cells[to]))
      ? [
          plain(cells[from]!, 'should have', word('need')),
          cells[to - 1]!,
          plain(cells[to - 1]!, 'replicas', word('replicas')),
        ]
      : undefined;
  },
};

/** "db-sg: let 10.0.0.0/24 in on 5432" */
const letIn: Turn = {
  words: /^let(?= [^ ]+ in )/,
  put: (cells, from) => {
    const isNet = senseOf(cells[from + 1], 'value')?.value.k === 'cidr';
    return isNet ? [base(cells[from]!, 'allow')] : undefined;
  },
};

/** "restart a, after that restart show me its logs": the deed that was said, and no second one. */
const afterThat: Turn = {
  words: /^after (?:that|this) (?:restart|reboot|resize|scale|change|rollback|migration|deploy|upgrade)/,
  put: (cells, from, to) =>
    isWord(cells[to], 'ask', 'listCue', 'showCue', 'logCue') || isMark(cells[to])
      ? [plain(cells[from]!, 'after that', word('afterwards'))]
      : undefined,
};

const wrote = '(?:logged|wrote|printed|has logged|has written|has printed|is logging|logs)';
/** "show me what it logged in the last 5 minutes", "what did a log today?": its logs. */
const logged: Turn = {
  words: new RegExp(
    `^(?:(?:what|everything|whatever|all)(?: that)? [^ ]+ ${wrote}|what (?:did|does|has) [^ ]+ (?:log|logged|logging|write|print|printed))(?= |$)`,
  ),
  put: (cells, from, to) => {
    const by = cells.findIndex(
      (cell, at) =>
        at > from && at < to && (isWord(cell, 'pronoun') || (senseOf(cell, 'name')?.exact && isRun(cell))),
    );
    const isBefore = /^(?:just|right|shortly|immediately|from before|before)\b/.test(low(cells[to]));
    const isPlain = by > 0 && (isOver(cells[to]) || isBefore || senseOf(cells[to], 'time') !== undefined);
    if (!isPlain) return undefined;
    const logs = plain(cells[from]!, 'logs', word('logCue'));
    return isWord(cells[by], 'pronoun')
      ? [plain(cells[from]!, 'its', word('their')), logs]
      : [logs, plain(cells[from]!, 'of', word('of')), cells[by]!];
  },
};

/** What writes a log. */
const isRun = (cell: Cell): boolean =>
  senseOf(cell, 'name')!.ids.some((id) =>
    /:(deployment|statefulset|daemonset|pod|job|cronjob|vm)\//.test(id),
  );

/** "list the pods in prod and in payments": one set in both. */
const alsoIn: Turn = {
  words: /^and in/,
  put: (cells, from, to) =>
    from > 2 && isPlace(cells[from - 1]) && low(cells[from - 2]) === 'in' && isPlace(cells[to])
      ? [plain(cells[from]!, 'and', word('and'))]
      : undefined,
};

/** "db-1 needs a fresh 20 GB volume: create it as x and attach it": the volume, and what it is attached to. */
const neededVolume: Turn = {
  words: /^(?:create|make) it as [^ ]+ and (?:attach|mount) it(?= |$)/,
  put: (cells, from, to) => {
    const [owner, needs] = cells;
    const said = cells.slice(2, from);
    const size = said.find((cell) => senseOf(cell, 'value')?.value.k === 'size');
    const volume = said.at(-2);
    const isMachine = senseOf(owner, 'name')?.ids.every((id) => id.includes(':vm/'));
    const isNeed =
      low(needs) === 'needs' &&
      isMark(said.at(-1)) &&
      senseOf(volume, 'kind')?.kinds[0] === 'volume' &&
      said.slice(0, -2).every((cell) => cell === size || isWord(cell, 'det', 'filler'));
    const name = cells[from + 3]!;
    if (!isMachine || !isNeed || !size || senseOf(name, 'name') || !isOver(cells[to])) return undefined;
    const attach = cells.slice(from + 4, to);
    return [cells[from]!, size, volume!, name, ...attach, plain(owner!, 'to', word('prep')), owner!];
  },
};

/** What it needs, where it is made right behind. */
const neededBefore: Turn = {
  words: /^[^ ]+ needs .* (?:volume|disk) [:,.](?= create| make)/,
  put: (cells, from, to) =>
    from === 0 && senseOf(cells[to + 1], 'value')?.value.k === 'size' && cells.includes(cells[0]!, to)
      ? []
      : undefined,
};

/** "shut down web-1, I mean the one on vSphere": which of those that are called so. */
const meantOne: Turn = {
  words: /^i mean/,
  put: (cells, from, to) => {
    const isBehindName = isWord(cells[from - 1], 'comma') && senseOf(cells[from - 2], 'name') !== undefined;
    return isBehindName && /^the one$/.test(low(cells[to])) && isWord(cells[to + 1], 'prep') ? [] : undefined;
  },
};

/** "the checkout release in staging is broken", "restart the checkout rollout": the workload. */
const releaseOf: Turn = {
  words: /^(?:release|rollout|build)/,
  put: (cells, from, to) => {
    const ids = cells[from - 1]?.quoted === false ? (senseOf(cells[from - 1], 'name')?.ids ?? []) : [];
    const isWorkload = ids.some((id) => /:(?:deployment|statefulset|daemonset)\//.test(id));
    const isNoun = low(cells[from - 2]) === 'the' && isWord(cells[to], 'prep', 'be');
    const is = cells.findIndex((cell, at) => at >= to && isWord(cell, 'be'));
    const isBroken = low(cells[is]) === 'is' && senseOf(cells[is + 1], 'status') !== undefined;
    const isRestarted = /^(?:restart|bounce)$/.test(low(cells[from - 3]));
    return isWorkload && isNoun && (isBroken || isRestarted) ? [] : undefined;
  },
};

const turns: readonly Turn[] = [
  meantOne,
  releaseOf,
  madeFlavor,
  madeSize,
  shouldGet,
  letIn,
  afterThat,
  logged,
  alsoIn,
  neededVolume,
  neededBefore,
];

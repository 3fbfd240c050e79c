// An order filled into a form: "Request type: volume attach. Volume: vol-backup. Server: ci-runner-1.", "Action: resize /
// Server: web-1 / New flavor: M.8 / Reason: slow". A field is a label, a colon and a value: one says what is to be done,
// others name things and figures, and who asks or why is left out. Where a label is none of these, or a value is more
// than its label says, the text is no form. What comes out is one order in plain words. Called by `freeOrder`.

import { type Cell, isWord, senseOf } from '../words/cells.ts';
import { plain, word } from '../words/plainCells.ts';

interface Field {
  readonly label: readonly Cell[];
  readonly value: readonly Cell[];
}

const deed =
  /^(type of )?(request|action|operation|task|what|change|activity|job|service|order|to ?do|needed|wanted|requested)( type| kind| needed| requested| wanted)?$/;
const telling =
  /^(reason|justification|rationale|background|purpose|requester|requestor|requested by|req by|approved by|approver|approval|approvals?|authori[sz]ed by|contact|priority|prio|urgency|impact|comments?|notes?|remarks?|cost cent(er|re)|department|dept|business unit|ticket|reference|ref|change no|case|opened by|caller|user|reported by|assigned to|assignee|description of need|why|for|sla|category)$/;
/** What a field beside the order may not say: that it is put off, taken back or hangs on something. */
const open =
  /\b(no|not|none|nobody|no one|yet|denied|rejected|pending|cancell?ed|withdrawn|draft|closed|tomorrow|tonight|later|if|only|unless|until|once|when|after|waiting|outstanding|open|missing|tbd)\b/;
const target =
  /^(the )?(target|resource|object|component|item|ci|asset|affected|affected (system|ci|item|server|service)|name of (the )?(server|vm|volume|machine)|where|system|which|element|entity|configuration item)$/;
const figure =
  /^(new |target |desired |requested |required |wanted )?(size|capacity|flavor|flavour|type|class|instance type|instance class|machine type|port|port number|source|range|cidr|source range|replicas?|copies|count|number|number of replicas|amount|image|os|operating system|version|tag|tags|label|labels|network|region|zone|namespace|ns|environment|env|name|hostname|host|host name|key|keypair|duration|key pair|from|to|destination|extra|increase|protocol|ssh key|value)$/;
/** Deeds with a second thing, and what stands before it. */
const links: Readonly<Record<string, string>> = {
  attach: 'to',
  mount: 'to',
  connect: 'to',
  assign: 'to',
  migrate: 'to',
  move: 'to',
  detach: 'from',
  unmount: 'from',
  remove: 'from',
  open: 'on',
  close: 'on',
  block: 'on',
  create: 'in',
};
const fieldsMax = 12;

/** The order that a form holds; undefined where the text is none. */
export function fromForm(cells: readonly Cell[]): readonly Cell[] | undefined {
  const fields = fieldsOf(cells);
  if (!fields || fields.length < 2) return undefined;
  const lowOf = ({ label }: Field): string => label.map(({ low }) => low).join(' ');
  const asking = fields.filter((field) => deed.test(lowOf(field)));
  // "Type: snapshot / Database: x"
  const isTyped = (field: Field): boolean =>
    /^(type|category|kind|subject|title)$/.test(lowOf(field)) &&
    field.value.some((cell) => senseOf(cell, 'verb'));
  const order = asking.length > 0 ? asking : fields.filter(isTyped);
  const rest = fields.filter((field) => !order.includes(field) && !telling.test(lowOf(field)));
  const [asked] = order;
  const isOpen = fields.some(
    (field) =>
      !/reason|justification|rationale|background|purpose|why/.test(lowOf(field)) &&
      open.test(field.value.map((cell) => (cell.quoted ? '' : cell.low)).join(' ')) &&
      telling.test(lowOf(field)),
  );
  if (isOpen || cells.some((cell) => cell.low === '?')) return undefined;
  if (!asked || order.length > 1 || rest.some((field) => !isKnown(field, lowOf(field)))) return undefined;
  const own = asked.value;
  if (own.some((cell) => !cell.quoted && isWord(cell, 'or', 'and', 'not', 'if', 'except', 'afterwards')))
    return undefined;
  const verb = own.find((cell) => !cell.quoted && senseOf(cell, 'verb') && !senseOf(cell, 'name'));
  const isNew = own.some((cell) => cell.low === 'new' && !cell.quoted);
  const phrase = verb ? senseOf(verb, 'verb')!.phrase : isNew ? 'create' : undefined;
  if (phrase === undefined) return undefined;
  const isNamed = own.some((cell) => senseOf(cell, 'name')?.exact);
  const kind = own.find((cell) => cell !== verb && !cell.quoted && senseOf(cell, 'kind'));
  const things = rest.filter((field) => isThingField(field, lowOf(field)));
  const others = rest.filter((field) => !things.includes(field));
  const link = links[phrase] ?? 'on';
  // "volume attach", "server: x", "volume: y": what the deed is said of comes first.
  const isOwn = ({ label }: Field): boolean =>
    kind !== undefined &&
    label.some((cell) =>
      senseOf(cell, 'kind')?.kinds.some((one) => senseOf(kind, 'kind')!.kinds.includes(one)),
    );
  const sorted = isNamed ? things : [...things].sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
  const said = sorted.flatMap((field, at) => {
    const noun = field.label.filter((cell) => senseOf(cell, 'kind') && !senseOf(cell, 'metric')).slice(-1);
    const lead = at > 0 || isNamed ? [plain(field.label[0]!, link, word('prep'))] : [];
    return [...lead, ...noun, ...field.value];
  });
  const made =
    isNamed || (isCreating(phrase) && !things.some(isOwn)) ? own.filter((cell) => cell !== verb) : [];
  const base = plain(verb ?? own[0]!, phrase, { t: 'verb', phrase, form: 'base' });
  const places = others.filter(isPlace);
  const figures = others.filter((field) => !places.includes(field));
  return [base, ...made, ...figures.flatMap(figureOf), ...said, ...places.flatMap(figureOf)];
}

const isCreating = (phrase: string): boolean =>
  /^(create|new|add|provision|set up|make|launch|open|close|snapshot)$/.test(phrase);

/** "size: 200 GB" is the value alone; "port: 22", "name: x" keep the word that says what it is. */
function figureOf({ label, value }: Field): readonly Cell[] {
  const head = label.at(-1)!;
  if (isWord(head, 'named') || /^(name|hostname|host name)$/.test(head.low))
    return [plain(head, 'named', word('named')), ...value];
  const isSaid = isWord(head, 'port', 'replicas', 'imageWord', 'keyWord', 'cidrWord') && value.length === 1;
  if (isSaid && senseOf(value[0], 'value')?.value.k !== 'tags') return [head, ...value];
  return isPlace({ label, value }) ? [plain(head, 'in', word('prep')), ...value] : value;
}

const isPlace = ({ label }: Field): boolean =>
  /^(namespace|ns|region|zone|environment|env|network)$/.test(label.at(-1)!.low);

const isThingField = ({ label, value }: Field, low: string): boolean =>
  value.some((cell) => senseOf(cell, 'name')) &&
  (target.test(low) ||
    (label.some((cell) => senseOf(cell, 'kind')) &&
      !/^(new |target )*(network|image|namespace|flavor|key|keypair|key pair|region|zone)$/.test(low)));

const isKnown = (field: Field, low: string): boolean =>
  field.value.length > 0 &&
  (isThingField(field, low) || figure.test(low) || target.test(low)) &&
  !field.value.some((cell) => isWord(cell, 'not', 'except', 'if', 'or', 'all', 'any'));

/** Each label with what stands behind its colon; undefined where something stands in no field. */
function fieldsOf(cells: readonly Cell[]): readonly Field[] | undefined {
  const colons = cells.flatMap((cell, at) =>
    isWord(cell, 'colon') && !cell.quoted && cell.low === ':' ? [at] : [],
  );
  if (colons.length === 0 || colons.length > fieldsMax) return undefined;
  const starts = colons.map((colon, at) => labelStart(cells, colon, at === 0 ? 0 : colons[at - 1]! + 1));
  const lead = withoutMarks(cells.slice(0, starts[0]));
  // "Anna K. Action: …", "detach volume / Volume: …": where the first label was taken for a frame.
  const isPerson = lead.every(
    (cell) =>
      !cell.quoted &&
      (cell.senses.length === 0 ||
        isWord(cell, 'stop', 'filler') ||
        senseOf(cell, 'value')?.value.k === 'number'),
  );
  const isDeed = lead.some((cell) => senseOf(cell, 'verb')?.form === 'base' || cell.low === 'new');
  if (starts.includes(-1) || !(isPerson || isDeed) || lead.length > labelMax) return undefined;
  const fields = colons.map((colon, at) => ({
    label: cells.slice(starts[at]!, colon),
    value: withoutMarks(cells.slice(colon + 1, starts[at + 1] ?? cells.length)),
  }));
  return isPerson ? fields : [{ label: [plain(lead[0]!, 'action', word('filler'))], value: lead }, ...fields];
}

const labelMax = 4;

/** Where the label before a colon begins: behind a mark, or as far back as the words make a label. */
function labelStart(cells: readonly Cell[], colon: number, from: number): number {
  const mark = cells.findLastIndex(
    (cell, at) =>
      at < colon && at >= from && !cell.quoted && (isWord(cell, 'stop', 'comma') || cell.low === '/'),
  );
  if (mark >= 0) return colon - mark - 1 <= labelMax ? mark + 1 : -1;
  // Said line by line: the longest words before the colon that are a label.
  for (let start = Math.max(from === 0 ? 0 : from + 1, colon - labelMax); start < colon; start++) {
    const low = cells
      .slice(start, colon)
      .map((cell) => cell.low)
      .join(' ');
    if ([deed, telling, target, figure].some((one) => one.test(low))) return start;
    if (start === colon - 1 && senseOf(cells[start], 'kind')) return start;
  }
  return -1;
}

function withoutMarks(value: readonly Cell[]): readonly Cell[] {
  let to = value.length;
  while (to > 0 && (isWord(value[to - 1], 'stop', 'comma') || value[to - 1]!.low === '/')) to--;
  return value.slice(0, to);
}

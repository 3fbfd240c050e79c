// Words that their neighbours give another meaning: "we keep paying" spares nothing, "nobody logs in" asks for no log,
// "traffic on bastion" is a figure. Called while cells are made.

import { type Cell, isWord, senseOf } from './cells.ts';

const systems = /^(ubuntu|debian|windows|centos|rhel|fedora|alpine|amazon|cirros|rocky|suse|linux)\b/;

/** "we keep paying" spares nothing, "nobody logs in" asks for no log. */
export function asTold(cell: Cell, cells: readonly Cell[], at: number): Cell {
  if (cell.quoted) return cell;
  const next = cells[at + 1]?.low ?? '';
  // "all ips that are assigned to nothing": things, where it does not say from where.
  const isAddresses = cell.low === 'all ips' && !/(^| )(from|to|for)$/.test(cells[at - 1]?.low ?? '');
  if (isAddresses && /^(that|which|assigned|attached|not|without|in)\b/.test(next))
    return { ...cell, low: 'ips', senses: [{ t: 'kind', kinds: ['floating-ip'], plural: true }] };
  // "machines running ubuntu": what they are made of, and not how they are.
  const isMadeOf =
    cell.low === 'running' && systems.test(next) && cells.slice(0, at).some((one) => senseOf(one, 'kind'));
  if (isMadeOf) return { ...cell, low: 'with', senses: [{ t: 'word', word: 'prep' }] };
  // "what have we got in volumes": of that kind, and not within it.
  const isOfKind =
    cell.low === 'in' && /^what (have (we|i) got|do we have|we got)$/.test(cells[at - 1]?.low ?? '');
  const noun = cells.slice(at + 1, at + 4).findIndex((one) => senseOf(one, 'kind')?.plural && !one.quoted);
  if (isOfKind && noun >= 0 && cells.slice(at + 1, at + 1 + noun).every((one) => !senseOf(one, 'name')))
    return { ...cell, senses: [{ t: 'word', word: 'filler' }] };
  // "traffic on bastion-us": a figure, and no port.
  if (/^(traffic|connections) on$/.test(cell.low) && senseOf(cells[at + 1], 'name'))
    return { ...cell, low: 'traffic', senses: [{ t: 'metric', metric: 'network' }] };
  // "how did requests on a develop": how they went.
  const isHow = (): boolean =>
    cells.slice(0, at).some((one) => /^how( (did|does|do|has|have|is|are))?$/.test(one.low) && !one.quoted);
  if (/^(develop|developed|developing|evolve|evolved|evolving)$/.test(cell.low) && isHow())
    return { ...cell, senses: [{ t: 'word', word: 'filler' }] };
  // "how did requests on a go": their figure, and no actions that were asked for.
  if (cell.low === 'requests' && /^(on|of|to|at|for|against)$/.test(next) && isHow())
    return { ...cell, senses: cell.senses.filter(({ t }) => t !== 'kind') };
  // "what has it been like since 8"
  if (cell.low === 'like' && /^(been|be|look|looked|looking)$/.test(cells[at - 1]?.low ?? ''))
    return { ...cell, senses: [{ t: 'word', word: 'filler' }] };
  // "…, biggest first": in which order, and not how many.
  const isOrder = (one: Cell | undefined, then: string): boolean =>
    /^(biggest|largest|smallest|newest|oldest|highest|lowest|latest)$/.test(one?.low ?? '') &&
    then === 'first';
  const isRanked = isOrder(cell, next) || isOrder(cells[at - 1], cell.low);
  if (isRanked && cells.slice(0, at).some((one) => senseOf(one, 'kind')?.plural))
    return { ...cell, senses: [{ t: 'word', word: 'filler' }] };
  // "did anyone touch jenkins"
  if (cell.low === 'touch' && /^(anyone|anybody|someone|somebody)$/.test(cells[at - 1]?.low ?? ''))
    return { ...cell, senses: [{ t: 'word', word: 'changed' }] };
  // "why it's so slow"
  if (cell.low === 'it is' && isWord(cells[at - 1], 'why'))
    return { ...cell, low: 'it', senses: [{ t: 'word', word: 'pronoun' }] };
  // "strip the tag form web-1": a slip that is a word of its own.
  const isObject = isWord(cells[at + 1], 'det', 'all', 'both') || senseOf(cells[at + 1], 'name');
  if (cell.low === 'form' && isObject && isWord(cell, 'prep')) return { ...cell, low: 'from' };
  if (/^(we|i) keep$/.test(cell.low) && /[a-z]ing$/.test(next))
    return { ...cell, senses: [{ t: 'word', word: 'because' }] };
  // "…, both for the last 2 hours"
  if (cell.low === 'both' && senseOf(cells[at + 1], 'time'))
    return { ...cell, senses: [{ t: 'word', word: 'filler' }] };
  // "confirm how many nodes are ready": say it.
  if (/^(confirm|provide|state|share)$/.test(cell.low) && isWord(cells[at + 1], 'howMany', 'what'))
    return { ...cell, senses: [{ t: 'word', word: 'filler' }] };
  // "provide the audit entries of dave": shown, and given to nothing.
  const provided = cell.low === 'provide' ? cells[isWord(cells[at + 1], 'det') ? at + 2 : at + 1] : undefined;
  if (isWord(provided, 'changed') && !senseOf(provided, 'verb'))
    return { ...cell, senses: [{ t: 'word', word: 'ask' }] };
  // "how many snapshots are we keeping": what there is.
  const isKept = /^(keep|keeping)$/.test(cell.low) && /(^| )(we|i|they|you)$/.test(cells[at - 1]?.low ?? '');
  if (isKept && cells.slice(0, at).some((one) => isWord(one, 'howMany', 'what') && !one.quoted))
    return { ...cell, senses: [{ t: 'word', word: 'filler' }] };
  // "what pods are on that node": where, and not how.
  if (cell.low === 'on' && isWord(cells[at + 1], 'demonstrative') && senseOf(cells[at + 2], 'kind'))
    return { ...cell, senses: cell.senses.filter(({ t }) => t !== 'status') };
  // "linda is on leave"
  const isAbsence = (): boolean =>
    /^(on|sick|parental|maternity|annual|paid|unpaid|her|his|family)$/.test(cells[at - 1]?.low ?? '');
  if (cell.low === 'leave' && isAbsence()) return { ...cell, senses: [] };
  // "ill look at them": typed without its mark.
  const isWill = cell.low === 'ill' && (at === 0 || isWord(cells[at - 1], 'comma', 'stop', 'and', 'colon'));
  if (isWill && next !== '' && !senseOf(cells[at + 1], 'kind') && !senseOf(cells[at + 1], 'name'))
    return { ...cell, low: 'i will', senses: [{ t: 'word', word: 'filler' }] };
  // "our mails hang since nine": what they do.
  const isSubject =
    cells[at - 1] !== undefined && !isWord(cells[at - 1], 'comma', 'stop', 'filler', 'and', 'colon');
  const isHanging = cell.low === 'hang' || (cell.low === 'hangs' && next === 'again');
  if (isHanging && isSubject && /^(since|again|and|when|with|every|all|,|\.)$|^since /.test(next))
    return { ...cell, senses: [] };
  // "…, Bob will look at it": what somebody does then, and nothing to foresee.
  if (/^(will|going to|is going to)$/.test(cell.low) && isSomebody(cells[at - 1], next))
    return { ...cell, senses: cell.senses.filter((sense) => !(sense.t === 'word' && sense.word === 'when')) };
  // "all volumes in us", "the us vms": where, and not who.
  const [before, kind] = [isWord(cells[at - 1], 'det') ? cells[at - 2] : cells[at - 1], cells[at + 1]];
  const isOwnKind = isWord(cells[at - 1], 'det', 'all') && senseOf(kind, 'kind') !== undefined;
  if (cell.low === 'us' && (isOwnKind || /^(in|within|inside|across|throughout)$/.test(before?.low ?? '')))
    return { ...cell, senses: cell.senses.filter(({ t }) => t === 'region') };
  // "users report slow answers": they ask for none.
  const isTelling =
    /^reports?$/.test(cell.low) &&
    /^(users|customers|people|they|somebody|someone|everybody|everyone|clients|colleagues)$/.test(
      cells[at - 1]?.low ?? '',
    );
  if (isTelling) return { ...cell, senses: [] };
  const isEntering =
    /^logs?$/.test(cell.low) &&
    /^(in|into|on|onto)$/.test(next) &&
    /^(nobody|no one|noone|anybody|anyone|who|they|people|users|he|she|ever|never|to|cannot|can|could|we|i)$/.test(
      cells[at - 1]?.low ?? '',
    );
  return isEntering ? { ...cell, senses: [] } : cell;
}

/** Who is no thing here; what a figure or a thing may do in time is not theirs. */
function isSomebody(cell: Cell | undefined, next: string): boolean {
  if (!cell || cell.quoted || !/^\p{L}+$/u.test(cell.low)) return false;
  if (/^(i|we|you|he|she|they|somebody|someone|everybody|everyone|nobody)$/.test(cell.low)) return true;
  const isState = /^(be|have|reach|run|fill|hit|last|need|use|exceed|cross|grow|rise|stay|go|get|become)$/;
  return cell.senses.every(({ t }) => t === 'part') && !isState.test(next);
}

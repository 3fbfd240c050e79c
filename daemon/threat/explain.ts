// A finding in words: what is odd, how rare it is here, what was new, and which records say so. It shows evidence; that
// somebody means harm is for a person to judge. Names in it come from logs and are data. Pure.

import type { Severity } from '../../shared/model/finding.ts';
import type { Activity } from '../executors/contract.ts';
import type { FindingDraft } from '../watch/contract.ts';
import type { FollowedLog } from './cases.ts';
import type { Judgement } from './logModel.ts';
import type { Novelty, SignName, Window } from './window.ts';

export interface DraftContext {
  readonly log: Pick<FollowedLog, 'name' | 'connection' | 'state'>;
  readonly confidence: number;
  readonly startedMs: number;
}

/** Most of a name that a log may put into a sentence. */
const nameCharactersMax = 120;
/** Pieces of evidence that are told in full. */
const spokenMax = 4;

export function draftOf(judgement: Judgement, { log, confidence, startedMs }: DraftContext): FindingDraft {
  const { window, signs, chance, telling } = judgement;
  const sentences = signs.map(([name]) => clean(window.signs[name]!));
  const unlike = `${clean(window.principal)} does what it never does here${telling.length > 0 ? `: ${listed(telling)}` : ''}.`;
  const [title, ...more] = sentences.length > 0 ? [...sentences, unlike] : [unlike];
  return {
    kind: 'threat',
    resource: principalId(log.connection, window.principal),
    severity: severityOf(confidence, signs),
    confidence,
    title: `${title!.replace(/\.$/, '')} (${log.name})`,
    reasons: [
      ...more,
      rarityWords(chance, log.state.latest.length),
      ...noveltyWords(window),
      `In all, ${clockOf(window.startedMs)} to ${clockOf(window.lastMs)}: ${countWords(window)}.`,
      `Evidence: ${evidenceOf(window)}.`,
    ],
    startedMs,
  };
}

/** Id under which a principal stands in findings: it can be muted and told apart like a resource. */
export function principalId(connection: string, principal: string): string {
  return `${connection}:principal/${clean(principal) || 'unknown'}`;
}

const grave: readonly SignName[] = ['impossible', 'guessed', 'silenced', 'stranger', 'spree'];

function severityOf(confidence: number, signs: Judgement['signs']): Severity {
  const isGrave = signs.some(([name]) => grave.includes(name));
  if (isGrave && confidence >= 0.7) return 'critical';
  return isGrave || confidence >= 0.5 ? 'warning' : 'info';
}

function rarityWords(chance: number, count: number): string {
  const times = Math.round(1 / chance);
  const about = times < 20 ? `${times}` : `about ${Number(times.toPrecision(2)).toLocaleString('en')}`;
  return `One in ${about} ordinary windows is as far from usual, by the latest ${count} of this log.`;
}

const noveltyNames: Readonly<Record<Novelty, string>> = {
  principal: 'who',
  region: 'the place',
  'own region': 'the place, for them',
  verb: 'what is done',
  'own verb': 'what is done, for them',
  'own address': 'where it comes from',
};

function noveltyWords({ novel }: Window): readonly string[] {
  if (novel.length === 0) return [];
  const parts = novel.slice(0, 6).map(([what, which]) => `${clean(which)} (${noveltyNames[what]})`);
  const rest = novel.length > 6 ? ` and ${novel.length - 6} more` : '';
  return [`Never seen before: ${parts.join(', ')}${rest}.`];
}

function countWords({ counts, things }: Window): string {
  const parts = [
    [counts['sign-in'], 'signed in'],
    [counts.read, 'read'],
    [counts.change, 'changed'],
    [counts.destroy, 'destroyed'],
    [counts.silence, 'kept quiet'],
    [counts.refused, 'refused'],
  ] as const;
  const told = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return `${told.join(', ')}, ${things.length} different things`;
}

/** The first ones in full, of the others where to find them. */
function evidenceOf({ evidence }: Window): string {
  const spoken = evidence.slice(0, spokenMax).map(evidenceWords);
  const others = evidence.slice(spokenMax).map(({ id }) => clean(id));
  return others.length > 0 ? `${spoken.join('; ')}; also ${others.join(', ')}` : spoken.join('; ');
}

function evidenceWords({ id, atMs, verb, target, outcome, address, region }: Activity): string {
  const where = [region, address && `from ${address}`].filter(Boolean).join(', ');
  const what = [clean(verb), target && clean(target)].filter(Boolean).join(' ');
  return `${clean(id)} at ${clockOf(atMs)} ${what} (${outcome}${where ? `, ${clean(where)}` : ''})`;
}

function listed(words: readonly string[]): string {
  const spoken = words.map((word) =>
    word === 'hour' ? 'at a rare hour' : word === 'new' ? 'things that are new' : `more ${word} than usual`,
  );
  return spoken.length > 1 ? `${spoken.slice(0, -1).join(', ')} and ${spoken.at(-1)}` : spoken.join('');
}

/** No control characters, no line of its own, no endless name. */
function clean(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return plain.length > nameCharactersMax ? `${plain.slice(0, nameCharactersMax)}…` : plain;
}

function clockOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

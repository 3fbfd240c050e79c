// Draws one exchange: the typed words, how they were understood, and the plan, answer, question or refusal that
// came of them. Hovering or focusing a chip lights up the words that gave it.

import type { AliasOffer } from '../../shared/model/alias.ts';
import type { ClarifyReading, Reading, RefuseReading } from '../../shared/model/reading.ts';
import type { PanelProblem, PanelTurn } from '../../shared/panel/chat.ts';
import { button, progressRing } from '../components.ts';
import { type Child, element, icon } from '../dom.ts';
import { drawAnswer } from './answer.ts';
import { type Chip, chipsOf, segmentsOf } from './chips.ts';
import { drawPlan, type PlanActions } from './planCard.ts';

export interface TurnActions extends PlanActions {
  ask(text: string): void;
  stop(key: string): void;
  choose(key: string, candidate: number): void;
  correct(key: string, step: number, part: string): void;
  /** The person's word on the alias a turn offers. */
  settleOffer(key: string, isWanted: boolean): void;
}

/** Children of the turn's list item. */
export function drawTurn(turn: PanelTurn, actions: TurnActions): readonly Child[] {
  const said = drawText(turn);
  const light = (key: string | undefined) => {
    for (const part of said.querySelectorAll<HTMLElement>('[data-parts]')) {
      const isLit = key !== undefined && part.dataset.parts!.split(' ').includes(key);
      part.classList.toggle('lit', isLit);
    }
  };
  return [said, element('div', { class: 'reply' }, ...drawReply(turn, actions, light))];
}

function drawText(turn: PanelTurn): HTMLElement {
  return element(
    'div',
    { class: 'said', attributes: { title: new Date(turn.at).toLocaleString() } },
    element('span', { class: 'visually-hidden' }, 'You: '),
    ...segmentsOf(turn.reading, turn.text).map((segment) =>
      segment.parts.length === 0
        ? element('span', {}, segment.text)
        : element('span', { attributes: { 'data-parts': segment.parts.join(' ') } }, segment.text),
    ),
  );
}

type Light = (key: string | undefined) => void;

function drawReply(turn: PanelTurn, actions: TurnActions, light: Light): readonly Child[] {
  if (turn.state === 'waiting') return [drawWaiting(turn, actions)];
  const { reading } = turn;
  const chips = drawChips(turn, actions, light);
  return [
    turn.plan ? drawPlan(turn.plan, chips, actions) : turn.answer ? chips : undefined,
    turn.answer && drawAnswer(turn.answer, turn.names, actions),
    reading?.kind === 'clarify' && drawQuestion(turn, reading, actions),
    reading?.kind === 'refuse' && drawRefusal(reading, actions),
    turn.problem && drawProblem(turn.problem),
    turn.notice && drawNotice(turn.notice),
    reading?.source === 'model' &&
      drawNotice({
        message: `${turn.usage?.model ?? 'A language model'} read this sentence: look closely at what it made of it.${costOf(turn.usage)}`,
      }),
    turn.problem && !turn.plan && chips,
    turn.aliasOffer && drawOffer(turn, turn.aliasOffer, actions),
    reading && drawReader(reading),
  ];
}

const readerWords = {
  embedded: 'Read by the embedded reader, without a model.',
  click: 'Made of what you chose.',
  model: undefined,
} as const;

/** Who read it; what a model read says so more loudly. */
function drawReader(reading: Reading): Child {
  const words = readerWords[reading.source];
  return words && element('p', { class: 'quiet reader-note' }, words);
}

function drawOffer(turn: PanelTurn, offer: AliasOffer, actions: TurnActions): HTMLElement {
  return element(
    'section',
    { class: 'offer', attributes: { 'aria-label': 'Remember these words' } },
    element(
      'p',
      { class: 'note' },
      icon('bookmark'),
      element('span', {}, `Remember “${offer.words}” as ${offer.name}?`),
    ),
    element(
      'div',
      { class: 'buttons' },
      button({
        label: 'Remember',
        look: 'secondary',
        focusKey: 'remember',
        onClick: () => actions.settleOffer(turn.key, true),
      }),
      button({
        label: 'No, thanks',
        look: 'secondary',
        focusKey: 'dismiss',
        onClick: () => actions.settleOffer(turn.key, false),
      }),
    ),
  );
}

/** " 1,234 tokens, about 0.0021 USD." */
function costOf(usage: PanelTurn['usage']): string {
  if (!usage) return '';
  const tokens = (usage.inputTokens + usage.outputTokens).toLocaleString();
  const cost = usage.cost === undefined ? '' : `, about ${usage.cost.toPrecision(2)} ${usage.currency ?? ''}`;
  return ` ${tokens} tokens${cost.trimEnd()}.`;
}

function drawWaiting(turn: PanelTurn, actions: TurnActions): HTMLElement {
  return element(
    'div',
    { class: 'waiting' },
    turn.partial ? element('p', { class: 'partial' }, turn.partial) : undefined,
    progressRing('Working'),
    element('span', {}, turn.partial ? 'The model is answering…' : 'Reading, checking and previewing…'),
    button({
      label: 'Stop',
      look: 'icon',
      icon: 'debug-stop',
      focusKey: 'stop',
      onClick: () => actions.stop(turn.key),
    }),
  );
}

function drawChips(turn: PanelTurn, actions: TurnActions, light: Light): Child {
  const rows = chipsOf(turn.reading, turn.names);
  if (rows.length === 0) return undefined;
  const canCorrect =
    turn.plan === undefined || turn.plan.state === 'proposed' || turn.plan.state === 'blocked';
  return element(
    'div',
    { class: 'chips', attributes: { 'aria-label': 'How it was understood', role: 'group' } },
    ...rows.map((row) =>
      element(
        'div',
        { class: 'chip-row' },
        ...row.map((chip) => drawChip(turn, chip, canCorrect, actions, light)),
      ),
    ),
  );
}

function drawChip(
  turn: PanelTurn,
  chip: Chip,
  canCorrect: boolean,
  actions: TurnActions,
  light: Light,
): HTMLElement {
  const key = `${chip.step}:${chip.part}`;
  const isCorrectable = chip.correctable && canCorrect;
  const origin = originOf(chip);
  const title = isCorrectable ? `${origin} Click to change.` : origin;
  return element(
    'button',
    {
      class: 'chip',
      focusKey: `chip:${key}`,
      on: {
        mouseenter: () => light(key),
        mouseleave: () => light(undefined),
        focus: () => light(key),
        blur: () => light(undefined),
        click: () => isCorrectable && actions.correct(turn.key, chip.step, chip.part),
      },
      attributes: {
        type: 'button',
        title,
        'aria-label': `${chip.label}: ${chip.value}. ${title}`,
        'aria-disabled': isCorrectable ? undefined : 'true',
      },
    },
    element('span', { class: 'chip-label' }, chip.label),
    element('span', { class: 'chip-value' }, chip.value),
    chip.byAlias && element('span', { class: 'chip-origin' }, 'by your alias'),
    isCorrectable && icon('chevron-down'),
  );
}

function originOf(chip: Chip): string {
  if (!chip.words) return 'Follows from the rest.';
  return chip.byAlias ? `From “${chip.words}”, by your alias.` : `From “${chip.words}”.`;
}

function drawQuestion(turn: PanelTurn, reading: ClarifyReading, actions: TurnActions): HTMLElement {
  return element(
    'section',
    { class: 'question', attributes: { 'aria-label': 'Question' } },
    element('p', { class: 'note' }, icon('question'), element('span', {}, reading.question)),
    element(
      'div',
      { class: 'choices' },
      ...reading.candidates.map((candidate, index) =>
        element(
          'button',
          {
            class: 'choice',
            focusKey: `choice:${index}`,
            on: { click: () => actions.choose(turn.key, index) },
            attributes: { type: 'button' },
          },
          element('span', {}, candidate.label),
          candidate.detail ? element('span', { class: 'quiet' }, candidate.detail) : undefined,
        ),
      ),
    ),
    element(
      'p',
      { class: 'quiet' },
      reading.candidates.length > 0 ? 'Choose one, or say it in other words.' : 'Say it in other words.',
    ),
  );
}

function drawRefusal(reading: RefuseReading, actions: TurnActions): HTMLElement {
  return element(
    'section',
    { class: 'refusal', attributes: { 'aria-label': 'Refused' } },
    element('p', { class: 'note' }, icon('circle-slash'), element('span', {}, reading.message)),
    reading.instead.length > 0 && element('p', { class: 'quiet' }, 'You can ask instead:'),
    element(
      'div',
      { class: 'choices' },
      ...reading.instead.map((text, index) => drawSuggestion(text, `instead:${index}`, actions)),
    ),
  );
}

/** A sentence that a click asks. */
export function drawSuggestion(
  text: string,
  focusKey: string,
  actions: Pick<TurnActions, 'ask'>,
): HTMLElement {
  return element(
    'button',
    { class: 'choice', focusKey, on: { click: () => actions.ask(text) }, attributes: { type: 'button' } },
    element('span', {}, text),
  );
}

function drawNotice({ message, fix }: PanelProblem): HTMLElement {
  return element(
    'p',
    { class: 'note info' },
    icon('info'),
    element('span', {}, message, fix ? ` ${fix}` : undefined),
  );
}

function drawProblem(problem: PanelProblem): HTMLElement {
  return element(
    'p',
    { class: 'note blocker problem' },
    icon('error'),
    element('span', {}, problem.message, problem.fix ? ` ${problem.fix}` : undefined),
  );
}

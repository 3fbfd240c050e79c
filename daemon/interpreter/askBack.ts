// Questions back where nothing was read: what is to be done at all, or which of what was listed. Called by the interpreter.

import type { ClarifyReading } from '../../shared/model/reading.ts';

const asked = (text: string, about: string, question: string): ClarifyReading => ({
  kind: 'clarify',
  text,
  source: 'embedded',
  confidence: 0,
  about,
  question,
  candidates: [],
});

export const letBe = (text: string): ClarifyReading =>
  asked(text, 'op', 'Nothing is done then. What should be done instead?');

/** What was listed has no such part. */
export const askWhich = (text: string, words: string): ClarifyReading =>
  asked(text, 'target', `Which of them is "${words}"? Say it by its name.`);

export const askAgain = (text: string): ClarifyReading => asked(text, 'op', 'What should be done?');

// Whether a question is about what will fail: "will web-1 fail", "which pods are about to crash", "failure predictions".
// What failed already, and what would break if something went away, are other questions. Pure; used by the reader of
// sentences and by the answers.

const failing = '(?:fail|crash|die|break(?: down)?|go down|be killed)';
const ahead = [
  `\\bwill\\b(?!.*\\bif\\b)[^?.!]*\\b${failing}\\b`,
  `\\b(?:likely|about|going|bound|due|expected) to ${failing}\\b`,
  '\\bat risk of (?:failing|failure|crashing|dying|going down)\\b',
  '\\bfailure (?:predictions?|forecasts?|risks?)\\b',
  '\\b(?:predict|forecast|foresee)\\b[^?.!]*\\bfailures?\\b',
];
const aboutFailing = new RegExp(`(?:${ahead.join('|')})`, 'i');

/** True for a question about failures to come. */
export function isAboutFailing(text: string): boolean {
  return (
    aboutFailing.test(text) &&
    !/\b(?:if|when) (?:i|we|you)\b|\bwhat (?:will|would) (?:break|fail)[^?]* if\b/i.test(text)
  );
}

// Whether a question is about what became different in the clouds: "what changed in prod since noon". Who did what is
// another question, which the audit trail answers. Pure.

const about = /\bchang(?:e|es|ed|ing)\b/i;
const aboutPeople = /\b(?:who|whom|whose|by|audit|trail|records?|i|we|me|my)\b/i;

/** True for a question about what changed, whoever did it. */
export function isAboutChanges(text: string): boolean {
  return about.test(text) && !aboutPeople.test(text);
}

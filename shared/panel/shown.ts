// Makes text that came from a cloud safe to look at: what turns the order of the letters around it, or is not seen at
// all, is written out the way the editor's own documents write it ("[U+202E]"). A name could otherwise hide the place
// a dialog names, or pass for another one. Only for showing: what is compared, sent or typed keeps its letters.

/**
 * Bidirectional controls, control characters but the line break and the tab, and letters without width. The joiners of
 * emoji and of scripts that need them stay.
 */
const unseen =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g;

/** The text with what cannot be seen written out. */
export function shownText(text: string): string {
  return text.replaceAll(unseen, (letter) => `[U+${codeOf(letter)}]`);
}

function codeOf(letter: string): string {
  return letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}

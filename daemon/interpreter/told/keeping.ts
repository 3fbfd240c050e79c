// What speaks for keeping a thing that is to be destroyed.

import { type Cell, senseOf } from '../words/cells.ts';

/** What speaks for keeping a thing, or leaves open what becomes of it, where nobody is said to. */
const keeping =
  /(?<!\b(?:no longer|not|nobody|no one|noone|never|nothing|nothing else)(?: really| ever| actually)? )\b(?:needs?|needed|wants?|wanted|keeps?(?! (?:\w+ing\b|(?:a |the )?(?:snapshot|copy|backup|image)s? of))|in use|uses|used by(?! (?:nobody|no one|nothing))|depends?|relies|must(?! be (?:switched off|turned off|disabled|deleted|removed|off|gone))|should(?! (?:be (?:switched off|turned off|disabled|deleted|removed|off|gone)|go))|until|till|may|might|maybe|perhaps|probably|if|unless|only copy|only one|important|critical|guess|seems?|whether|wonder\w*|restore|recover|never delete)\b/;

/** Whether what is told may speak against destroying what it is about. */
export const isKept = (told: readonly Cell[]): boolean =>
  keeping.test(
    told.map((cell) => (senseOf(cell, 'name')?.exact || senseOf(cell, 'value') ? '□' : cell.low)).join(' '),
  );

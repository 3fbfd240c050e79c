// A pasted block as one line: lines under each other are run one after the other, a plain `for` loop is written out, and
// "<- that, please" behind it is taken off. Nothing is expanded that needs a shell: such a text is left as it is, and
// the reader of command lines then says it is not supported. Called before a command line is read.

import { limits } from '../../config.ts';

const remark =
  /\s*(?:<-+|←|\^+)\s*(?:(?:that|this|these|those|it|them|both|all|one|ones|pls|please|plz|run|do|execute|apply|for|me|now|thanks|thx|ok|can|could|you|the|above|of|lines?|commands?|two|three|in|order)\b[\s,.!?]*)+$/i;
const loop = /^\s*for\s+(\w+)\s+in\s+([^;\n]+?)\s*[;\n]\s*do\s+(.+?)\s*;?\s*done\s*;?\s*$/s;
/** "k cordon a, then k drain a": words between two commands. */
const joined =
  /\s*(?:[,;]|\s(?:and|then)\b)(?:\s*(?:and|then|after that|afterwards|next|finally|also)\b)*,?\s+(?=(?:sudo\s+)?(?:kubectl|k|oc|aws|openstack)\s+[a-z])/gi;
const toolLine = /^\s*[$#>]?\s*(?:sudo\s+)?(?:kubectl|k|oc|aws|openstack)\s/i;

/** The text with loops written out and lines joined; the text itself where it is no block of commands. */
export function pastedLine(text: string): string {
  const plain = text.replace(remark, '');
  const said = toolLine.test(plain) ? plain.replace(joined, ' && ') : plain;
  if (said === text && !/\n/.test(text.trim()) && !loop.test(text)) return text;
  const written = withoutLoop(said);
  const lines = written
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line.trim() !== '');
  if (!lines.every((line) => toolLine.test(line))) return text;
  return lines.map((line) => line.trim().replace(/^[$#>]\s*/, '')).join(' && ');
}

/** `for n in a b; do kubectl cordon $n; done`: each turn in a line of its own. */
function withoutLoop(text: string): string {
  const match = loop.exec(text);
  if (!match) return text;
  const [, variable = '', list = '', body = ''] = match;
  const items = list.split(/\s+/).flatMap(numbersOf);
  if (items.length > limits.textCharactersMax / 10 || !items.every((item) => /^[\w./:-]+$/.test(item)))
    return text;
  const place = new RegExp(`"?\\$(?:\\{${variable}\\}|${variable}(?!\\w))"?`, 'g');
  return items.map((item) => body.replace(place, item)).join('\n');
}

const itemsMax = 100;

/** `worker-{1..3}`. */
function numbersOf(item: string): readonly string[] {
  const [, head = '', from, to, tail = ''] = /^([\w.-]*)\{(\d+)\.\.(\d+)\}([\w.-]*)$/.exec(item) ?? [];
  if (from === undefined || to === undefined) return [item];
  const length = Number(to) - Number(from) + 1;
  if (length < 1 || length > itemsMax) return [item];
  return Array.from({ length }, (_, index) => `${head}${Number(from) + index}${tail}`);
}

const asked =
  /^(?:(?:hi|hey|hello|ok|so|please|pls|plz|can|could|would|will|you|u|someone|somebody|anyone|run|execute|do|fire|this|that|the|following|command|line|one|for|me|us|now|just|i|we|need|want|to|like|kindly|here|is|it|my|laptop|thanks|thx|quickly|asap|again)\b[\s,:?!.]*)*$/i;
const inside =
  /^(.*?)(?:^|[\s:`])((?:kubectl|oc|aws|openstack)\s[^\n`,#]*?|k\s+(?:-n\s|rollout\s|scale\s|set\s|delete\s|cordon\s|uncordon\s|drain\s|create\s|patch\s)[^\n`,#]*?)\s*(?:$|[`,#\n]|\.\s|\?\s|!\s)(.*)$/is;

/** A command line in the middle of words: "can you run this? kubectl cordon a", "kubectl cordon a, its disk is full". */
export function commandIn(text: string): { readonly command: string; readonly rest: string } | undefined {
  const [, lead = '', command = '', rest = ''] = inside.exec(text) ?? [];
  const isBare = lead.trim() === '' && rest.trim() === '';
  if (command === '' || isBare || !asked.test(lead.replace(/[`$>]/g, ' ').trim())) return undefined;
  const told = rest
    .replace(/`/g, ' ')
    .replace(/^[\s?!.,]*(?:please|pls|thanks|thx|for me|now)\b[\s?!.,]*/i, '');
  return { command, rest: asked.test(told.trim()) ? '' : told };
}

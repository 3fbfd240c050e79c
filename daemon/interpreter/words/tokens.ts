// Cuts a sentence into tokens that remember where they stood. Quoted text is one token and is never looked into:
// what stands in quotes is data. Identifiers (`web-prod-1`, `deploy/web`, `env=dev`, `registry.local/a:1`) stay whole.

export interface Token {
  /** As typed, without quotes. */
  readonly text: string;
  /** Lower case, apostrophes straight; contractions expanded. */
  readonly low: string;
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

/** Contractions and what they stand for; the parts share the place of the whole. */
const contractions: Readonly<Record<string, readonly string[]>> = {
  "don't": ['do', 'not'],
  dont: ['do', 'not'],
  "doesn't": ['does', 'not'],
  doesnt: ['does', 'not'],
  "didn't": ['did', 'not'],
  "isn't": ['is', 'not'],
  isnt: ['is', 'not'],
  "aren't": ['are', 'not'],
  arent: ['are', 'not'],
  "wasn't": ['was', 'not'],
  "weren't": ['were', 'not'],
  "haven't": ['have', 'not'],
  "hasn't": ['has', 'not'],
  "can't": ['can', 'not'],
  hasnt: ['has', 'not'],
  havent: ['have', 'not'],
  didnt: ['did', 'not'],
  wasnt: ['was', 'not'],
  werent: ['were', 'not'],
  couldnt: ['could', 'not'],
  wouldnt: ['would', 'not'],
  cant: ['can', 'not'],
  cannot: ['can', 'not'],
  "won't": ['will', 'not'],
  "shouldn't": ['should', 'not'],
  "what's": ['what', 'is'],
  whats: ['what', 'is'],
  "who's": ['who', 'is'],
  "how's": ['how', 'is'],
  hows: ['how', 'is'],
  "where's": ['where', 'is'],
  "why's": ['why', 'is'],
  "that's": ['that', 'is'],
  "it's": ['it', 'is'],
  "one's": ['one', 'is'],
  "there's": ['there', 'is'],
  "i'd": ['i', 'would'],
  "we'd": ['we', 'would'],
  "i'm": ['i', 'am'],
  im: ['i', 'am'],
  w: ['with'],
  "we're": ['we', 'are'],
  "they're": ['they', 'are'],
  "that're": ['that', 'are'],
  "which're": ['which', 'are'],
  nad: ['and'],
  adn: ['and'],
  "let's": ['let', 'us'],
  lets: ['let', 'us'],
  'w/': ['with'],
  'w/o': ['without'],
  "i've": ['i', 'have'],
  "we've": ['we', 'have'],
  "i'll": ['i', 'will'],
  "we'll": ['we', 'will'],
  "they'll": ['they', 'will'],
  "you'll": ['you', 'will'],
  "what'd": ['what', 'did'],
  "who'd": ['who', 'did'],
  "how'd": ['how', 'did'],
  "when'd": ['when', 'did'],
  "where'd": ['where', 'did'],
  "why'd": ['why', 'did'],
  "what'll": ['what', 'will'],
  "who'll": ['who', 'will'],
  "when'll": ['when', 'will'],
  "it'll": ['it', 'will'],
  "what're": ['what', 'are'],
  "how're": ['how', 'are'],
  "what've": ['what', 'have'],
  "when's": ['when', 'is'],
  "all's": ['all', 'is'],
  "ain't": ['is', 'not'],
  aint: ['is', 'not'],
  thats: ['that', 'is'],
  theres: ['there', 'is'],
  wheres: ['where', 'is'],
  whos: ['who', 'is'],
  ive: ['i', 'have'],
  weve: ['we', 'have'],
  youre: ['you', 'are'],
  "you're": ['you', 'are'],
  theyre: ['they', 'are'],
  shouldnt: ['should', 'not'],
  "wouldn't": ['would', 'not'],
  "couldn't": ['could', 'not'],
  wont: ['will', 'not'],
  wanna: ['want', 'to'],
  gonna: ['going', 'to'],
  gotta: ['got', 'to'],
  til: ['until'],
  "'til": ['until'],
  till: ['until'],
  gimme: ['give', 'me'],
  lemme: ['let', 'me'],
  fm: ['from'],
  frm: ['from'],
  img: ['image'],
  pwr: ['power'],
};

const pattern =
  /(?<!\S):[a-z][\w+-]*:(?=[\s.,!?;)]|$)|(?<!\S)[\w.-]+=(?:"[^"\n]*"|'[^'\n]*'|“[^”\n]*”)|"([^"\n]*)"|“([^”\n]*)”|`([^`\n]*)`|(?<![\p{L}\p{N}])'([^'\n]+)'(?![\p{L}\p{N}])|[\p{L}\p{N}][\p{L}\p{N}._-]*[-_]\?[\p{L}\p{N}._*?-]*|->|=>|→|&&|\|\||!=|[,;!?()[\]{}—–…|]|\.{2,}|<=|>=|[<>≥≤&]|[^\s,;!?()[\]{}"“”`—–…|<>≥≤&→]+/gu;

/** "Dr. Okafor's group": no sentence ends there. */
const title = /^(?:[Dd]r|Mr|Mrs|Ms|[Pp]rof|Mme)\.$/;

const pictures = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200d|\ufe0f)+$/u;

/** Tokens of a text, in order. */
export function tokenise(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const lines = [...text.matchAll(/\n\s*(?=[-*•]\s|\(?\d{1,2}[.)])/g)].map((match) => match.index);
  for (const match of text.matchAll(pattern)) {
    // An item of a list begins a sentence of its own.
    if (lines.length > 0 && match.index > lines[0]!) {
      const at = lines.shift()!;
      if (tokens.length > 0 && !/^[.:;,]$/.test(tokens.at(-1)!.low)) tokens.push(tokenOf(';', at, at + 1));
      if (/^[-*•]$/.test(match[0])) continue;
    }
    const quoted = match[1] ?? match[2] ?? match[3] ?? match[4];
    if (match[3] !== undefined && /^[\w./-]+=[\w./:-]+$/.test(match[3])) {
      // `owner=nadia`: typed as code, and meant as it stands.
      pushWord(tokens, match[3], match.index + 1);
    } else if (quoted !== undefined) {
      tokens.push(tokenOf(quoted.trim(), match.index, match.index + match[0].length, true));
    } else if (/^:.+:$/.test(match[0]) || pictures.test(match[0])) {
      // An emoji of a chat says nothing, but what stands on both sides of it stands apart.
      if (tokens.length > 0 && !/^[.:;,!?]$/.test(tokens.at(-1)!.low))
        tokens.push({ ...tokenOf(match[0], match.index, match.index + match[0].length), low: ',' });
    } else if (/^[\w.-]+=["'“]/.test(match[0])) {
      tokens.push(tokenOf(match[0], match.index, match.index + match[0].length));
    } else if (title.test(match[0]) && /^ \p{L}/u.test(text.slice(match.index + match[0].length))) {
      tokens.push(tokenOf(match[0].slice(0, -1), match.index, match.index + match[0].length));
    } else pushWord(tokens, match[0], match.index);
  }
  return tokens;
}

function pushWord(tokens: Token[], word: string, start: number): void {
  const arrow = /^(.+?)(->|=>|→)(.+)?$/u.exec(word);
  if (arrow) {
    pushWord(tokens, arrow[1]!, start);
    const at = start + arrow[1]!.length;
    tokens.push(tokenOf(arrow[2]!, at, at + arrow[2]!.length));
    if (arrow[3]) pushWord(tokens, arrow[3], at + arrow[2]!.length);
    return;
  }
  const span = /^(\d{1,2}(?::\d\d)?(?:am|pm)?)[-–](\d{1,2}(?::\d\d)?(?:am|pm)?)$/i.exec(word);
  if (span && /:|m$/i.test(word)) {
    const middle = start + span[1]!.length;
    const half = /[ap]m$/i.exec(span[2]!)?.[0];
    // "8-10pm": both of the evening; "11-1pm" begins before noon.
    const isSame = Number.parseInt(span[1]!, 10) < Number.parseInt(span[2]!, 10);
    if (half && /^\d{1,2}$/.test(span[1]!) && isSame)
      tokens.push({ ...tokenOf(span[1]!, start, middle), low: span[1]! + half.toLowerCase() });
    else pushWord(tokens, span[1]!, start);
    tokens.push(tokenOf('-', middle, middle + 1));
    pushWord(tokens, span[2]!, middle + 1);
    return;
  }
  // "22-24h", "8-10h": hours of the clock, where nothing says that it is a span of time.
  const clock = /^([01]?\d|2[0-3])h?[-–]([01]?\d|2[0-4])(?:h|hrs|uhr)$/.exec(word);
  const isSpan = /^(for|last|past|next|every|within|about|around|up|takes?|some)$/.test(
    tokens.at(-1)?.low ?? '',
  );
  if (clock && !isSpan && Number(clock[1]) < Number(clock[2])) {
    const middle = start + word.search(/[-–]/);
    tokens.push({ ...tokenOf(clock[1]!, start, middle), low: `${clock[1]}:00` });
    tokens.push(tokenOf('-', middle, middle + 1));
    const low = clock[2] === '24' ? 'midnight' : `${clock[2]}:00`;
    tokens.push({ ...tokenOf(clock[2]!, middle + 1, start + word.length), low });
    return;
  }
  // "0900-1800"
  const hours = /^([01]\d|2[0-4])([0-5]\d)[-–]([01]\d|2[0-4])([0-5]\d)$/.exec(word);
  if (hours && !/^ports?$/.test(tokens.at(-1)?.low ?? '')) {
    const [from, to] = [`${hours[1]}:${hours[2]}`, `${hours[3]}:${hours[4]}`];
    tokens.push({ ...tokenOf(word.slice(0, 4), start, start + 4), low: from });
    tokens.push(tokenOf('-', start + 4, start + 5));
    tokens.push({ ...tokenOf(word.slice(5), start + 5, start + word.length), low: to });
    return;
  }
  const trailing = /[.:*~_]+$/u.exec(word);
  if (trailing && trailing.index > 0 && !/[*]$/u.test(word)) {
    pushWord(tokens, word.slice(0, trailing.index), start);
    const at = start + trailing.index;
    tokens.push(tokenOf(trailing[0].charAt(0), at, start + word.length));
    return;
  }
  const setting = settingOf(word);
  if (setting) {
    const at = start + setting.key.length;
    const key = tokenOf(setting.key, start, at);
    const low = /key/.test(key.low) ? 'keypair' : key.low;
    if (!/^(with|and|,)$/.test(tokens.at(-1)?.low ?? 'with')) tokens.push({ ...key, low: 'with' });
    tokens.push({ ...key, low }, tokenOf(setting.value, at + 1, start + word.length));
    return;
  }
  const low = word.toLowerCase().replaceAll('’', "'");
  const parts = contractions[low];
  if (parts) {
    for (const part of parts) tokens.push({ ...tokenOf(word, start, start + word.length), low: part });
    return;
  }
  const possessive = /^(.+?)('s|s')$/u.exec(low);
  if (possessive && low.length > 3) {
    const stem = word.slice(0, word.length - (possessive[2] === "'s" ? 2 : 1));
    tokens.push(tokenOf(stem, start, start + stem.length));
    tokens.push({ ...tokenOf("'s", start + stem.length, start + word.length), low: "'s" });
    return;
  }
  tokens.push(tokenOf(word, start, start + word.length));
}

/** `flavor=S.2`, `net=private-net`: a setting of a machine, written as a pair; nobody tags a thing with these. */
function settingOf(word: string): { readonly key: string; readonly value: string } | undefined {
  const pair = /^(flavou?r|image|net|network|keypair|key|key[-_]?name|ssh-key)=([\w.:/-]+)$/i.exec(word);
  return pair ? { key: pair[1]!, value: pair[2]! } : undefined;
}

function tokenOf(text: string, start: number, end: number, quoted = false): Token {
  const low = text === '24:00' ? 'midnight' : text.toLowerCase().replaceAll('’', "'");
  return { text, low, start, end, quoted };
}

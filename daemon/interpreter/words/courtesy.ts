// Courtesy, put together from its parts: "if that is at all possible", "could I trouble you to", "have a lovely
// weekend". What is said this way bounds nothing and orders nothing. Called by the tables of function words.

/** Every way to put words of these classes in a row; an empty word is left out. */
export function rows(...classes: readonly (readonly string[])[]): readonly string[] {
  return classes.reduce<readonly string[]>(
    (all, words) => all.flatMap((start) => words.map((word) => `${start} ${word}`.trim())),
    [''],
  );
}

const moments = ['time', 'a moment', 'a minute', 'a second', 'a spare moment', 'a spare minute'];

/** "If it is not too much trouble", "only when you have a spare moment". */
const conditional = [
  ...rows(['if'], ['', 'it is', 'that is', 'this is'], ['', 'at all'], ['possible']),
  ...rows(
    ['if'],
    ['it is', 'that is', 'this is', 'thats', 'its'],
    ['ok', 'okay', 'fine', 'alright', 'all right'],
    ['', 'with you'],
  ),
  ...rows(
    ['if'],
    ['it is not', 'that is not', 'it would not be', 'this is not'],
    ['too much', 'much', 'too much of a', 'a'],
    ['trouble', 'bother', 'hassle', 'problem', 'to ask', 'inconvenience'],
  ),
  ...rows(['if'], ['you', 'nobody', 'no one'], ['do not', 'would not'], ['mind', 'object']),
  ...rows(
    ['if', 'when', 'whenever', 'only when', 'only if', 'once', 'as soon as'],
    ['you'],
    [
      ...rows(['have', 'find', 'get'], moments),
      'get a chance',
      'get around to it',
      'are free',
      'can',
      'get to it',
    ],
  ),
  ...rows(['whenever', 'when', 'if'], ['it suits you', 'convenient', 'it is convenient', 'possible']),
];

/** "Could I trouble you to", "I would be most grateful if you could". */
const opening = [
  ...rows(
    ['could', 'can', 'may', 'might'],
    ['i', 'we'],
    ['trouble', 'bother', 'ask', 'bug', 'pester', 'kindly ask'],
    ['you to', 'somebody to', 'someone to', 'for', 'you for'],
  ),
  // "I would like to ask for", "we hereby request the": what is asked for follows.
  ...rows(
    ['i', 'we'],
    [
      'would like to',
      'want to',
      'wanted to',
      'wish to',
      'would',
      'hereby',
      'kindly',
      'have to',
      'need to',
      '',
    ],
    ['ask for', 'ask you for', 'request', 'kindly ask for', 'kindly request', 'apply for'],
    ['', 'that', 'that you', 'you to', 'to'],
  ),
  ...rows(
    ['may', 'could', 'can', 'might'],
    ['i', 'we'],
    ['', 'kindly', 'please'],
    ['request', 'ask for'],
    ['', 'to', 'you to'],
  ),
  ...rows(['i', 'we'], ['would', 'had'], ['love', 'really like', 'be happy with', 'appreciate']),
  ...rows(
    ['please', 'kindly', 'please do', ''],
    ['be informed', 'be advised', 'note', 'be aware', 'take note'],
    ['that'],
  ),
  ...rows(
    ['be', 'please be', 'would you be', 'could you be', 'can you be'],
    [
      'a star',
      'a dear',
      'a darling',
      'an angel',
      'a love',
      'a legend',
      'a hero',
      'a champ',
      'a pal',
      'a sport',
    ],
    ['and'],
  ),
  ...rows(
    ['do', 'could you do', 'would you do', 'can you do'],
    ['me', 'us'],
    ['a', 'the'],
    ['favour', 'favor', 'kindness'],
    ['and', 'of'],
  ),
  ...rows(['i', 'we'], ['would rather', 'would prefer to', 'would rather like to']),
  ...rows(
    ['i', 'we'],
    ['would prefer it', 'would like it', 'would be happy', 'would be glad', 'would love it'],
    ['if'],
  ),
  ...rows(
    ['it would be', 'that would be', 'it will be', 'would be'],
    ['', 'very', 'really', 'so', 'most', 'highly', 'greatly', 'much', 'deeply', 'very much'],
    [
      'good',
      'great',
      'nice',
      'kind',
      'helpful',
      'lovely',
      'cool',
      'wonderful',
      'perfect',
      'appreciated',
      'super',
      'a great help',
      'a big help',
      'of great help',
    ],
    ['if', 'if you could', 'if we could', 'if someone could', 'if somebody could', 'to have', 'to get'],
  ),
  ...rows(
    ['it would', 'that would', 'this would'],
    ['help', 'help me', 'help us', 'please me', 'please us'],
    ['', 'very much', 'a lot', 'greatly', 'a great deal'],
    ['if'],
  ),
  ...rows(
    ['i', 'we'],
    ['would'],
    ['highly', 'greatly', 'really', 'very much', 'deeply'],
    ['appreciate'],
    ['if', 'it if'],
  ),
  ...rows(
    ['', 'please', 'kindly', 'can you', 'could you'],
    ['provide', 'supply', 'furnish', 'sort', 'fix'],
    ['us', 'me'],
    ['with', 'up with', 'out with'],
  ),
  ...rows(
    ['i was', 'we were', 'i have been', 'we have been', 'i am', 'i got'],
    ['asked', 'told'],
    ['to'],
    [
      'request',
      'ask for',
      'ask you for',
      'ask here for',
      'turn to you for',
      'order',
      'get',
      'arrange',
      'organise',
      'organize',
    ],
  ),
  ...rows(
    ['requesting', 'i am requesting', 'we are requesting', 'asking', 'i am asking', 'we ask', 'i ask'],
    ['that'],
  ),
  ...rows(
    [
      'is it possible to',
      'would it be possible to',
      'is it possible for us to',
      'would it be okay to',
      'is it ok to',
    ],
    ['have', 'get'],
  ),
  ...rows(
    ['i am', 'we are', 'i will', 'we will', 'i shall', 'we shall', 'i would', 'we would'],
    [
      'going to need',
      'gonna need',
      'in need of',
      'need',
      'be needing',
      'probably need',
      'soon need',
      'also need',
    ],
  ),
  ...rows(['assist', 'help', 'support'], ['', 'us', 'me'], ['in', 'with', 'by']),
  ...rows(['before', 'by'], ['close of business', 'close of play', 'cob', 'eod', 'end of business']),
  ...rows(['requesting', 'i am requesting', 'we are requesting'], ['', 'for', 'a', 'the']),
  ...rows(
    ['check', 'have a look', 'take a look', 'look into it', 'look into this', 'have a quick look'],
    ['and'],
  ),
  ...rows(['this is'], ['to inform you', 'to let you know', 'to report'], ['that']),
  ...rows(
    ['i', 'we'],
    ['would be', 'should be'],
    ['', 'most', 'very', 'so'],
    ['grateful', 'thankful', 'obliged', 'glad'],
    ['if you could', 'if you would', 'if'],
  ),
  ...rows(
    ['it is', 'it would be', 'it was'],
    ['necessary', 'needed', 'required', 'important', 'urgent', 'advisable', 'essential'],
    ['to', 'that you', 'that we'],
  ),
  ...rows(
    ['is it', 'would it be', 'could it be'],
    ['possible', 'ok', 'okay', 'fine', 'alright'],
    [
      'that you',
      'you',
      'for you to',
      'that someone',
      'that somebody',
      'if you',
      'for someone to',
      'for somebody to',
    ],
  ),
  ...rows(
    ['sorry', 'so sorry', 'very sorry', 'i am sorry', 'apologies', 'my apologies', 'excuse me'],
    ['to', 'for'],
    ['bother', 'bothering', 'disturb', 'disturbing', 'trouble', 'troubling', 'interrupt', 'interrupting'],
    ['', 'you', 'you again', 'you with this', 'everybody', 'everyone'],
  ),
  ...rows(['from now', 'from today', 'from here'], ['on', 'onwards', 'onward']),
  ...rows(['going', 'moving'], ['forward', 'forwards']),
  ...rows([
    'henceforth',
    'as of now',
    'as of today',
    'until further notice',
    'for the time being',
    'for the moment',
  ]),
  ...rows(['for'], ['no', 'no good', 'no real', 'no apparent'], ['reason', 'purpose']),
  ...rows(['for'], ['the record', 'your information', 'info', 'what it is worth', 'once', 'heavens sake']),
];

/** "Have a lovely weekend", "thank you ever so much". */
const closing = [
  ...rows(
    ['have a'],
    ['nice', 'lovely', 'great', 'good', 'wonderful', 'quiet'],
    ['day', 'weekend', 'evening', 'night', 'one', 'shift', 'afternoon', 'morning', 'week'],
    ['', 'ahead'],
  ),
  ...rows(
    ['and have a'],
    ['nice', 'lovely', 'great', 'good'],
    ['day', 'weekend', 'evening', 'one'],
    ['', 'ahead'],
  ),
  ...rows(
    ['thank you', 'thanks', 'many thanks', 'thanks a lot'],
    [
      'ever so much',
      'so much',
      'very much',
      'kindly',
      'in advance',
      'for your help',
      'for helping',
      'a million',
    ],
  ),
];

/** All of it, as the tables of function words have it: separated by bars. */
export const courtesyWords: string = [...new Set([...conditional, ...opening, ...closing])].join('|');

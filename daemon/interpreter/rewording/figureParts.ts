// The parts that figures of speech are made of: how a thing, the begin and the end of an order and courtesy look in the
// row of sorts that a sentence is turned into. Read by the tables of figures; it knows no order itself.

export interface Figure {
  /** Matched against the sorts of the cells; named groups are parts of the order. */
  readonly shape: RegExp;
  /** What has to be in the sentence for the shape to be looked for. */
  readonly about?: RegExp;
  /** `verb attach`, `$b`, `to`, `$a`, `#1`. */
  readonly order: readonly string[];
  /** Only where somewhere a word of request was said: "web-01 up" alone may ask. */
  readonly asked?: true;
  /** Said as a request that ends in a question mark. */
  readonly mayAsk?: true;
}

/** A figure as a table has it. */
export type FigureText = Omit<Figure, 'shape'> & { readonly shape: string };

const of = (...kinds: readonly string[]): string => `<(?:[a-z-]+\\|)*(?:${kinds.join('|')})(?:\\|[a-z-]+)*>`;

/** A named thing of the kinds, with its article, kind and place. */
export const thing = (name: string, ...kinds: readonly string[]): string =>
  `(?<${name}>(?:(?:the|our|my) )?(?:[@~] )?(?:%[a-z-]+ )?${of(...kinds)}(?: %[a-z-]+)?(?: (?:(?:in|on|of|at) (?:the )?)?(?:[@~]|<namespace>)(?: %namespace)?)?)`;

/** Several of them, or all there are. */
export const things = (name: string, kind: string): string =>
  `${thing(name, kind).slice(0, -1)}(?:(?: ,)?(?: and| \\+| &)? (?:the )?${of(kind)})*|(?:all(?: the)?|every|each|both(?: the)?) %${kind}s?)`;

/** The same without a noun or a place behind its name. */
export const bareThing = (name: string, ...kinds: readonly string[]): string =>
  `(?<${name}>(?:(?:the|our|my) )?(?:[@~] )?(?:%[a-z-]+ )?${of(...kinds)})`;

/** Where an order may begin. */
export const begin =
  '(?<=^|, |[.:;!] |(?:^| )(?:so|and|then|please|hey|ok|hi|pls|kindly|can you|could you|just|can we|could we|can someone|could someone|can somebody|could somebody|would you|but|therefore) )';
export const end =
  '(?=$| [.;!?]| ,(?! (?:and )?<)| (?:then|and then|and after|and afterwards|after that|afterwards|and after that)(?: |$))';
export const polite =
  '(?: (?:please|pls|plz|now|asap|again|thx|thanks|right now|for me|immediately|today|right away|for us|once more|for the time being|with immediate effect|until further notice|for now))';
export const machine = ['vm', 'container', 'unit', 'database'];
export const workload = ['deployment', 'statefulset', 'daemonset'];
export const must = '(?:should|must|has to|needs to|shall|ought to|is to|should be|needs? to be)';
export const port = '(?:(?:tcp )?ports? )?(?<p>\\{(?:port|number)\\})(?: traffic| connections| access)?';

/** A port with its protocol, wherever that stands. */
export const anyPort =
  '(?:(?:the|a) )?(?<p>(?:(?:tcp|udp|icmp|tcp port|udp port|ports?) )*\\{(?:port|number)\\}(?: /? ?(?:tcp|udp))?)(?: traffic| connections| access| port)?';
/** Who may reach it. */
export const source =
  '(?: only)?(?:(?:(?: ,)? but| ,)?(?: only)? (?<c>(?:for|from|to|out of) (?:only )?\\{cidr\\}))?(?: only)?';
/** "can i have", "please give me", "we need". */
export const wanting =
  '(?:(?:can|could|may|might) (?:i|we) (?:please )?(?:have|get)|(?:can|could|may) (?:i|we)|can i get|can i have|could i have|could i get|can we have|can we get|could we have|could we get|i need|we need|need|i want|we want|i would like|we would like|i would like to|we would like to|would like|get me|give me|give us|get us|please give me|get|have|requesting|request)(?: (?:please|to have|to get|have|get))?';

/** "make sure that", "it would be nice if". */
export const ensure =
  '(?:make sure|make sure that|please make sure|ensure|ensure that|see that|please see that|see to it that|it would be nice if|it would be great if|would be nice if|would be great if|i would be happy if)';
export const can = '(?:can|could|may|might)';
export const none = '(?:no longer|not|never|no more)(?: longer)?';
export const longer = '(?: (?:any ?more|anymore|any longer|at all))?';
/** Where an order and its courtesy end; where the whole text does. */
export const close = `${polite}*${end}`;
export const whole = `${polite}*(?: [.!?])*$`;
/** "…, please move it": what was said, as an order of its own. */
export const so = (verbs: string): string =>
  `(?:(?: ,)?(?: (?:so|and|then))?(?: (?:please|can you|could you|pls))* (?:${verbs}) (?:it|this|that)(?: (?:there|over|on|accordingly|up|down|off|away))?)?`;

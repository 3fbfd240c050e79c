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
}

const of = (...kinds: readonly string[]): string => `<(?:[a-z-]+\\|)*(?:${kinds.join('|')})(?:\\|[a-z-]+)*>`;

/** A named thing of the kinds, with its article, kind and place. */
export const thing = (name: string, ...kinds: readonly string[]): string =>
  `(?<${name}>(?:(?:the|our|my) )?(?:@ )?(?:%[a-z-]+ )?${of(...kinds)}(?: %[a-z-]+)?(?: (?:(?:in|on|of) (?:the )?)?@(?: %namespace)?)?)`;

/** Where an order may begin. */
export const begin =
  '(?<=^|, |[.:;!] |(?:^| )(?:so|and|then|please|hey|ok|hi|pls|kindly|can you|could you|just|can we|could we|can someone|could someone|can somebody|could somebody|would you|but|therefore) )';
export const end = '(?=$| [.,;!?])';
export const polite =
  '(?: (?:please|pls|plz|now|asap|again|thx|thanks|right now|for me|immediately|today|right away|for us|once more))';

// What only people can do: buying parts, calling or mailing somebody, work with the hands in a rack. Nothing here can, and
// no question makes it so. It refuses nothing that was read; asked only where a text is not understood.

import type { Cell } from '../words/cells.ts';

const lead =
  '^(?:(?:please|pls|kindly|hey|hi|ok|so|and|also|can you|could you|would you|will you|you|we|i|need|have|want|would like|must|should|to|just|go|quickly|,) )*';
const goods =
  '(?:ssds?|hdds?|nvmes?|hard (?:disks?|drives?)|drives?|disks?|dimms?|ram sticks?|memory modules?|cables?|patch cables?|switches|routers?|laptops?|monitors?|keyboards?|screens?|hardware|licen[sc]es?|spare parts?|spares|psus?|power suppl(?:y|ies)|fans?|racks?|servers|toner|pizza|coffee|chairs?)';
const people =
  '(?:the |our |my |a )?(?:\\w+ )?(?:supplier|vendor|reseller|manager|boss|team|customers?|clients?|electrician|technicians?|colleagues?|hotline|support|provider|data ?cent(?:er|re)|plumber|security guard|reception|users)';

const deeds = [
  `(?:order|buy|purchase|procure|reorder)\\b(?:.* )?${goods}\\b.* (?:from|at|with|off) (?:the |our |a |my )?(?:\\w+ )?(?:supplier|vendor|reseller|shop|store|dealer|distributor|manufacturer|amazon|dell|hp|lenovo)\\b`,
  `(?:buy|purchase|procure) (?:(?:some|a|an|the|new|more|us|me|two|three|four|five|six|ten|another|replacement|spare|\\d+) )+${goods}\\b`,
  `(?:call|phone|ring|ring up|call up|e-?mail|mail|text|fax|telephone|send an? (?:e-?mail|letter|fax|text) to|write (?:an? (?:e-?mail|letter) )?to) ${people}\\b`,
  '(?:unplug|plug in|unscrew|screw|dust|vacuum|carry|solder|rewire|unrack|rack up) (?:the|a|our|that|this)\\b',
  `(?:replace|swap|exchange|swap out) (?:the |a |our |that )?(?:(?:broken|faulty|failed|dead|defective|noisy|old) )*(?:power supply|psu|fans?|dimm|cables?|ssd|hdd|nvme|hard (?:disk|drive)|drive)\\b`,
];
const byHand = new RegExp(`${lead}(?:${deeds.join('|')})`);

/** Whether a text is an order for hands, a purse or a telephone. */
export const isByHand = (cells: readonly Cell[]): boolean =>
  byHand.test(cells.map(({ low, quoted }) => (quoted ? '"' : low)).join(' '));

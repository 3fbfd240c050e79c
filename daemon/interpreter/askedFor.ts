// Questions with another shape than those the grammar knows: "on which node does kafka-0 run", "what's firing", "anything
// waiting for approval", "web-1's log". Each becomes the plain question about the same thing; only reads come of it.
// Called by `reword`, last of the turns over the whole sentence.

import { type Cell, type CellSense, isWord, senseOf } from './cells.ts';
import { thing } from './figureParts.ts';
import { groupsOf, sortsOf } from './figures.ts';
import { plain, word } from './passives.ts';

const attribute =
  '(?:%node|%host|%vm|%cluster|%namespace|%network|%flavor|%image|%keypair|%security-groups?|host|machine|zone|region|hypervisor|image|flavor|flavour|type|instance type|size|version|os|operating system|schedule|class|owner)';
const placed = new RegExp(
  `^(?:(?:on|in|of) )?(?:which|what) ${attribute}(?: (?:is|does|do|runs?|hosts?|%hosts|holds|has|did|was|it is|have))* ${thing('a', 'vm', 'pod', 'container', 'volume', 'floating-ip', 'database', 'deployment', 'statefulset', 'daemonset', 'cronjob')}(?: (?:run|running|runs|on|in|at|to|of|have|has|use|uses|using|got|live|lives|live on|sits on|run on|running on|runs on|scheduled|placed|hosted|located|attached|mounted|attached to|mounted on|assigned to|scheduled on|hosted on|placed on|sitting on|connected to|now|right now|currently|please))*(?: \\?)?$`,
  'u',
);
const asks =
  '^(?:what|what is|whats|anything|something|is anything|is there anything|are there any|anything that is|do i have anything|do we have anything|which actions?)(?: (?:is|are|currently|still|there|that|now))*';
const end = '(?: (?:now|right now|currently|at the moment|please|from me|today|still))*(?: \\?)?$';
const bare: readonly { readonly shape: RegExp; readonly status: string; readonly kind: string }[] = [
  { shape: new RegExp(`${asks} firing${end}`, 'u'), status: 'firing', kind: 'alert' },
  {
    shape: new RegExp(`${asks} (?:crashing|crashlooping|crash looping|in a crash loop)${end}`, 'u'),
    status: 'crashing',
    kind: 'pod',
  },
  {
    shape: new RegExp(
      `${asks} (?:(?:waiting|pending|wait) (?:for|on)|waiting|awaiting|needs?|pending|to|to be|requires?|needing)(?: (?:my|our|an|a|the|be|for))* (?:approval|approvals|approve|approved|sign off|sign-off|ok|review|confirmation|be approved)${end}`,
      'u',
    ),
    status: 'pending',
    kind: 'action',
  },
];

/** The cells with a question said plainly. */
export function withQuestions(given: readonly Cell[]): readonly Cell[] {
  const cells = withoutPossessiveLogs(given);
  if (cells.length < 2) return cells;
  const { text, starts } = sortsOf(cells);
  const match = placed.exec(text);
  const name = match && groupsOf(placed, match, starts, cells).get('a');
  if (name) return [plain(cells[0]!, 'where is', word('showCue')), ...name];
  const found = bare.find(({ shape }) => shape.test(text));
  if (!found) return cells;
  const own = cells.find((cell) => !cell.quoted && senseOf(cell, 'status') && cell.low === found.status);
  const state: CellSense = { t: 'status', name: found.status };
  const kind: CellSense = { t: 'kind', kinds: [found.kind], plural: true };
  return [
    plain(cells[0]!, 'list', word('listCue')),
    own ?? plain(cells[0]!, found.status, state),
    plain(cells[0]!, `${found.kind}s`, kind),
  ];
}

/** "web-1's log": the log of web-1. */
function withoutPossessiveLogs(cells: readonly Cell[]): readonly Cell[] {
  return cells.filter(
    (cell, at) =>
      !(
        isWord(cell, 'possessive') &&
        senseOf(cells[at - 1], 'name') &&
        isWord(cells[at + 1], 'logCue') &&
        !cells[at + 1]!.quoted
      ),
  );
}

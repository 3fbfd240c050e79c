// Ways people say the same thing. Each takes a sentence and gives it back in other words that mean the same: with a
// greeting, a ticket, a reason, a request around it, in another spelling. None adds a thing, a place or a figure, so
// the reading has to stay what it was; used by the tests that hold that.

import type { Random } from './random.ts';

/** A sentence in other words; undefined where it cannot be said so. */
export type Paraphrase = (text: string, random: Random) => string | undefined;

/** The sentence begins with a command that can follow "could somebody". */
const command =
  /^(restart|stop|start|delete|scale|resize|reboot|attach|detach|snapshot|drain|cordon|tag|terminate|create|remove|grow|enable|disable|silence|ack|roll back|shut down|open|close|migrate|move|suspend|resume)\s/i;

const asked =
  (...frames: readonly string[]): Paraphrase =>
  (text, random) =>
    command.test(text) && !/[\n:;]/.test(text)
      ? random.pick(frames).replace('_', text.charAt(0).toLowerCase() + text.slice(1).replace(/[.!]+$/, ''))
      : undefined;

const framed =
  (...frames: readonly string[]): Paraphrase =>
  (text, random) =>
    random.pick(frames).replace('_', () => text);

/** Where the sentence ends without a mark of its own. */
const behind =
  (...tails: readonly string[]): Paraphrase =>
  (text, random) =>
    /\n/.test(text) ? undefined : text.replace(/[\s.!]+$/, '') + random.pick(tails);

/** As behind, where the text is no question of its own. */
const behindCommand =
  (...tails: readonly string[]): Paraphrase =>
  (text, random) =>
    command.test(text) && !/[?\n]/.test(text) ? behind(...tails)(text, random) : undefined;

const beforeCommand =
  (...heads: readonly string[]): Paraphrase =>
  (text, random) =>
    command.test(text) ? random.pick(heads) + text.charAt(0).toLowerCase() + text.slice(1) : undefined;

const nouns =
  /\b(volumes?|servers?|vms?|pods?|deployments?|nodes?|snapshots?|alerts?|instances?|machines?|replicas|namespaces?|databases?|networks?|logs|cpu|memory|clusters?|jobs?|cronjobs?|ports?|disks?|policy|policies)\b/g;

/** Ways to say it, by name. */
export const paraphrases: Readonly<Record<string, Paraphrase>> = {
  greeting: framed('Hello, _', 'Hi team, _', 'Good morning, _', 'Dear colleagues, _', 'hey folks _'),
  signature: behind(
    '. Regards, Hannah',
    '. Best, Klaus',
    '. Kind regards\nMaria',
    '. Thanks, Ivan',
    '. BR, Jan',
  ),
  letter: (text) => `Hello,\n\n${text.replace(/[\s.!]+$/, '')}.\n\nBest regards,\nHannah`,
  ticket: framed('INC-2093 _', 'CHG-118: _', 'OPS-7 - _', 'JIRA INC-41: _', 'RE: CHG-118 _'),
  bracket: framed('[platform-team] _', '[urgent] _', '[INC-12] _', '[P1] _', '[SRE] _'),
  mention: framed('@here _', '@ops-bot _', '@channel: _'),
  emoji: framed('🚨 _', '_ 🙏', '🧹 _ 🚀', ':fire: _', '_ :pray:', '_ 👍🏽'),
  trailing: behind(' pls', ' thx', ' asap', ' please and thanks', ' ty', ' plz', ' thanks a lot'),
  closing: behindCommand(
    ', im on it',
    ', going back to bed',
    ', thanks for the help',
    ', i will explain later',
    ' - talk later',
  ),
  bystander: behindCommand(
    ', we need it for the audit',
    ', we test there something',
    ', customers complain',
    ', the boss wants it',
    ', nobody uses it anymore',
  ),
  aside: behindCommand(
    ' (unused since January)',
    ' (approved by the board)',
    ' (see the ticket)',
    ' (idle for weeks)',
    ' (as discussed)',
  ),
  reason: behindCommand(
    ' because customers complain',
    ' to save money',
    ' so that we save costs',
    ' because the boss asked',
    ' for the audit',
  ),
  reasonFirst: beforeCommand(
    'Since customers complain, ',
    'To save money, ',
    'Because of the audit, ',
    'As the budget is tight, ',
    'For the audit, ',
  ),
  topicFirst: beforeCommand(
    'cleanup time ',
    'housekeeping: ',
    'The audit is soon. ',
    'We are over budget. ',
    'quick one - ',
  ),
  somebody: asked(
    'could somebody _',
    'can someone please _?',
    'could anyone _ please',
    'would somebody be so kind to _',
    'can sb _ pls',
  ),
  wish: asked(
    'I would like you to _',
    'it would be nice if you could _',
    'I want you to _',
    "we'd like to _",
    'my wish is to _',
  ),
  necessity: asked('you need to _', 'we have to _ now', 'it is necessary to _', 'I must _', 'time to _'),
  favour: asked(
    'do me a favour and _',
    'would you mind to _',
    'be so kind and _',
    "let's _",
    'go ahead and _',
  ),
  soft: beforeCommand('maybe just ', 'so then ', 'ok now ', 'well, ', 'right, please '),
  bullet: framed('- _', '* _', '1. _', '1) _', '• _'),
  germanNouns: (text) => {
    if (/--|^\W*(kubectl|k|aws|openstack)\s/.test(text)) return undefined;
    const said = text.replace(nouns, (noun) => noun.charAt(0).toUpperCase() + noun.slice(1));
    return said === text ? undefined : said;
  },
  capitals: (text) =>
    /["'`=]|--|^\W*(kubectl|k|aws|openstack)\s/.test(text) ? undefined : text.toUpperCase(),
  shouting: behind('!!!', ' !!', '!'),
  spaces: (text) => (/["'`]/.test(text) ? undefined : `  ${text.replace(/ /g, '  ')} `),
  unpunctuated: (text) => (/[.!?]$/.test(text) ? text.replace(/[.!?]+$/, '') : undefined),
};

// `console`: the address of a machine's screen and keyboard for a browser, after a yes; with `--serial` its serial line in
// this very terminal. The address is a secret: it is printed once, for the person, and kept nowhere, and neither is what
// goes over the line.

import { type Command, connectionOption } from '../command.ts';
import { requireWord } from '../decide.ts';
import { askForYes, findEntered } from '../enter.ts';
import { exitCodes } from '../exitCodes.ts';
import { giveOver } from '../giveOver.ts';
import { style } from '../output.ts';
import { settledConnections } from '../settled.ts';

export const console: Command = {
  name: 'console',
  usage: 'NAME',
  doc: 'Prints the address of the console of a machine, for a browser, or opens its serial console here.',
  options: {
    serial: { type: 'boolean', doc: 'Its serial console in this terminal, until Ctrl-].' },
    yes: { type: 'boolean', doc: 'Open it without asking; never where it has to be typed.' },
    ...connectionOption,
  },
  async run(context) {
    const { io, words, options, connect } = context;
    const name = requireWord(words[0], 'Whose console', 'pilothouse console web-1');
    const session = await connect();
    await settledConnections(session, () => io.say(style.dim('Reading the connections…')));
    const connection = options.connection as string | undefined;
    const wanted = options.serial === true ? 'serial' : 'console';
    const { id } = await findEntered({ name, connection, isWay: (way) => way === wanted }, session);
    const proposal = await session.request('terminal/propose', { id, way: wanted });
    const typed = await askForYes(proposal, context);
    if (typed === undefined) return exitCodes.denied;
    if (wanted === 'serial') {
      io.say(style.dim('It may be silent until you press Enter. Ctrl-] leaves it.'));
      return giveOver(proposal, typed, session, io, { leaveByKey: true });
    }
    const yes = { proposal: proposal.id, ...(typed !== '' && { typed }) };
    const { url } = await session.request('terminal/console', yes);
    io.say(style.dim('Open this address in a browser. It lets in whoever has it, and soon is of no use.'));
    io.print(url);
    return exitCodes.done;
  },
};

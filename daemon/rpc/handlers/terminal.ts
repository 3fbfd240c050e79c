// Entering resources: the desk is `daemon/terminals/`; this only carries it over the wire. A terminal is held as a
// subscription of its session, so that it ends when that goes away.

import type { TerminalChange } from '../../../shared/model/terminal.ts';
import type { TopicChange } from '../../../shared/protocol/messages.ts';
import type { Listener, OpenForward, OpenTerminal, Visitor } from '../../terminals/contract.ts';
import type { HandlersOf, OpenSubscription, RequestContext, SubscriptionSink } from '../contract.ts';

export const terminalHandlers: HandlersOf<'terminal'> = {
  'terminal/ways': async ({ id }, { services, signal }) => ({
    ways: await services.terminals.ways(id, signal),
  }),
  'terminal/propose': ({ id, way, container, command, port, localPort }, context) =>
    context.services.terminals.propose(
      {
        id,
        way,
        ...(container !== undefined && { container }),
        ...(command !== undefined && { command }),
        ...(port !== undefined && { port }),
        ...(localPort !== undefined && { localPort }),
      },
      visitorOf(context),
      context.signal,
    ),
  'terminal/open': async ({ proposal, typed, columns, rows }, context) => {
    const { terminals } = context.services;
    const { signal, session } = context;
    const wanted = { proposal, columns, rows, ...(typed !== undefined && { typed }) };
    const opened = await terminals.open(wanted, visitorOf(context), signal);
    const terminal = subscribe(opened, context, (number) => terminals.release(session.id, number));
    terminals.hold(session.id, terminal, opened);
    return { terminal, ...(opened.run && { run: opened.run }) };
  },
  'terminal/input': async ({ terminal, data }, { services, session }) => {
    await services.terminals.held(session.id, terminal).input(Buffer.from(data, 'base64'));
    return {};
  },
  'terminal/resize': ({ terminal, columns, rows }, { services, session }) => {
    services.terminals.held(session.id, terminal).resize(columns, rows);
    return {};
  },
  'terminal/taken': ({ terminal, bytes }, { services, session }) => {
    services.terminals.held(session.id, terminal).taken(bytes);
    return {};
  },
  'terminal/ended': ({ terminal, exitCode }, context) => {
    context.services.terminals.held(context.session.id, terminal).finish(exitCode);
    context.closeSubscription(terminal);
    return {};
  },
  'terminal/forward': async ({ proposal, typed }, context) => {
    const wanted = { proposal, ...(typed !== undefined && { typed }) };
    const opened = await context.services.terminals.forward(wanted, visitorOf(context), context.signal);
    const subscription = subscribe(opened, context, () => undefined);
    return { subscription, forward: opened.state };
  },
  'terminal/console': async ({ proposal, typed }, context) => {
    const wanted = { proposal, ...(typed !== undefined && { typed }) };
    return { url: await context.services.terminals.console(wanted, visitorOf(context), context.signal) };
  },
  'terminal/forwards': (_params, { services }) => ({ forwards: services.terminals.forwards() }),
  'terminal/stop': ({ id }, { services }) => {
    services.terminals.stop(id);
    return {};
  },
};

function visitorOf({ actor, session }: RequestContext): Visitor {
  return { actor, session: session.id };
}

/** Holds it for as long as the session lives. Where that is gone already, nothing stays open. */
function subscribe(
  opened: OpenTerminal | OpenForward,
  context: RequestContext,
  onClose: (number: number) => void,
): number {
  try {
    context.signal.throwIfAborted();
    return context.addSubscription((id, sink) => subscription(opened, id, sink, () => onClose(id)));
  } catch (error) {
    opened.dispose('The window went away before it was open.');
    throw error;
  }
}

function subscription(
  opened: OpenTerminal | OpenForward,
  id: number,
  sink: SubscriptionSink,
  onClose: () => void,
): OpenSubscription {
  let sequence = 0;
  const listener: Listener = {
    send(change: TerminalChange) {
      sequence += 1;
      sink.send({ ...change, subscription: id, sequence } as TopicChange);
    },
    get isCongested() {
      return sink.isCongested;
    },
  };
  return {
    start: () => opened.start(listener),
    resume: () => opened.resume(),
    dispose() {
      onClose();
      opened.dispose();
    },
  };
}

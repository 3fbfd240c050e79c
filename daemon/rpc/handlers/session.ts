// The session's own requests beside the introduction.

import type { Handler } from '../contract.ts';

const drain: Handler<'session/drain'> = ({ reason }, { services, session }) => {
  services.log('info', `${session.client.name} ${session.client.version} asks to end (${reason})`);
  services.daemon.drain(reason);
  return { draining: true };
};

export const sessionHandlers = { 'session/drain': drain };

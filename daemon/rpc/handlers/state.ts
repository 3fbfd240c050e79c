// The whole state in a file, and back. A restore waits for no run and cuts none off: it is refused while one goes on.

import { ProblemError } from '../../../shared/model/problem.ts';
import type { HandlersOf, Services } from '../contract.ts';

export const stateHandlers: HandlersOf<'state'> = {
  'state/backup': ({ file }, { services }) => services.state.backup(file),
  'state/restore': async ({ file }, { services, actor }) => {
    requireNoRuns(services);
    const backup = await services.state.prepareRestore(file);
    services.log('info', `${actor.user} restores ${file}, made ${backup.at}`);
    // Clients start a daemon again, as they do where an older one is replaced; a run that began meanwhile is waited for.
    services.daemon.drain('replace');
    return backup;
  },
};

function requireNoRuns({ plans }: Services): void {
  const running = plans.list({ open: true }).find(({ state }) => state === 'approved' || state === 'running');
  if (!running) return;
  throw new ProblemError({
    code: 'wrong-state',
    message: `The plan "${running.title}" is under way; nothing is restored meanwhile.`,
    fix: 'Wait until it has ended, or cancel it.',
  });
}

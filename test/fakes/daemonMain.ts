// A daemon with the real life of a process and fake rooms, spawned by tests of starting, ending and replacing.
// `PILOTHOUSE_TEST_VERSION` is the version it says it has; `PILOTHOUSE_TEST_RUN_MS` how long an approved plan runs.

import { runDaemon } from '../../daemon/lifecycle/run.ts';
import { fakeServices } from './services.ts';

const { env } = process;
process.exit(
  await runDaemon({
    args: process.argv.slice(2),
    env,
    ...(env.PILOTHOUSE_TEST_VERSION !== undefined && { version: env.PILOTHOUSE_TEST_VERSION }),
    open: ({ stateFolder, log }) => {
      if (env.PILOTHOUSE_TEST_BREAKS) throw new Error(env.PILOTHOUSE_TEST_BREAKS);
      const services = fakeServices(stateFolder);
      services.read = (text) => ({
        kind: 'plan',
        text,
        source: 'embedded',
        confidence: 1,
        risk: 'change',
        steps: [{ operation: 'create.vm', args: { name: 'dev-box' }, after: [], evidence: [] }],
      });
      const finish = services.plans.run;
      services.plans.run = (plan) =>
        void setTimeout(() => finish(plan), Number(env.PILOTHOUSE_TEST_RUN_MS ?? 0));
      return {
        services,
        setActive: (active) => log('info', `active: ${active}`),
        close: async () => log('info', 'the house is closed'),
      };
    },
  }),
);

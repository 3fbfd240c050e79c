// Run as another user by machine.test.ts: tries what that user may not do to a process of the test's, and prints what
// it was told.

import type { WritePermit } from '../../../daemon/executors/permit.ts';
import { ProblemError } from '../../../shared/model/problem.ts';
import { contextOf, openMachine } from './machine.ts';

const machine = await openMachine();
const all = await machine.list('process');
const target = all.find(({ attributes }) => attributes.pid === Number(process.argv[2]))!;
const said = async (operation: string, args: Record<string, number>): Promise<string> =>
  (await machine.preview(operation, target, args)).notes.map(({ message }) => message).join(' ');

async function write(): Promise<string> {
  try {
    const handler = machine.executor.operations.get('renice.process')!;
    const context = contextOf('renice.process', target, { nice: 19 });
    await handler.perform({ ...context, mark: 'test', permit: {} as WritePermit });
    return 'done';
  } catch (error) {
    return error instanceof ProblemError ? error.problem.code : String(error);
  }
}

const result = {
  kill: /belongs to \w+/.exec(await said('delete.process', {}))?.[0],
  written: await write(),
  renice: /belongs to/.exec(await said('renice.process', { nice: 19 }))?.[0],
  first: await said('renice.process', { nice: -20 }),
};
process.stdout.write(JSON.stringify(result));
await machine.dispose();

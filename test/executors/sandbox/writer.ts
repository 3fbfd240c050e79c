// A process that writes to a simulated cloud and may be killed at any moment: `once MARK` makes one VM, `loop NAME`
// creates and deletes volumes and says a word for each answer, `open` only opens.

import { openLab } from './lab.ts';

const [folder, task, name] = process.argv.slice(2) as [string, string, string];
const lab = await openLab(folder);
if (task === 'once')
  await lab.perform(
    'create.vm',
    undefined,
    { name: 'dev-box', flavor: 'S.4', image: 'ubuntu-24.04', network: 'private' },
    name,
  );
const countMax = task === 'loop' ? 500 : 0;
for (let count = 0; count < countMax; count++) {
  const id = await lab.perform(
    'create.volume',
    undefined,
    { name: `${name}-${count}`, size_gb: 1 },
    `${name}-make-${count}`,
  );
  process.stdout.write('made\n');
  await lab.perform('delete.volume', id!.slice('sandbox:'.length), {}, `${name}-drop-${count}`);
  process.stdout.write('dropped\n');
}
await lab.close();

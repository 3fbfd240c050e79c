// create.keypair and delete.keypair. Creating uploads the public half of a key the person already has: a private key
// is never made by the cloud, so that none ever passes through here.

import { readdir, readFile } from 'node:fs/promises';
import { resourceId } from '../../../../../shared/model/resource.ts';
import type { OperationHandler } from '../../../contract.ts';
import { blocker, info, isNote, previewOf, refuseBlocked, textArgument } from '../../../kit/preview.ts';
import { fetchKeypair } from '../../api/compute.ts';
import type { OpenStack } from '../../api/openStack.ts';
import { cloudIdOf } from '../../mapping/place.ts';
import { createHandler, deleteHandler } from '../recipes.ts';

/** Kinds of key in the order they are preferred (ssh-keygen's own default first). */
const preferred = ['id_ed25519.pub', 'id_ecdsa.pub', 'id_rsa.pub'];
const publicKey = /^(ssh-[a-z0-9-]+|ecdsa-[a-z0-9-]+|sk-[a-z0-9@.-]+) [A-Za-z0-9+/=]+/;

export function createKeypair(os: OpenStack): OperationHandler {
  const missing = blocker(
    'There is no public SSH key in ~/.ssh to upload.',
    'Make one first: ssh-keygen -t ed25519.',
  );
  return createHandler(os, {
    noun: 'keypair',
    preview: async (context) => {
      const name = textArgument(context.args, 'name') ?? '';
      const key = await findPublicKey(os, textArgument(context.args, 'public_key'));
      const there = name ? await fetchKeypair(os, name, context.signal) : undefined;
      return previewOf(`Uploads the public key ${key?.from ?? ''} as keypair ${name}.`, {
        changes: [
          { field: 'name', after: name },
          { field: 'public key', after: key?.from ?? null },
        ],
        notes: [
          name ? undefined : blocker('The new keypair has no name.', 'Say "named X".'),
          key ? info('Only the public half is sent; the private key stays where it is.') : missing,
          there ? blocker(`A keypair named ${name} is there already.`, 'Choose another name.') : undefined,
        ].filter(isNote),
        resolvedArgs: key ? { public_key: key.text } : {},
      });
    },
    // Keypairs carry no mark: their name is unique, and the key itself tells whether it is the one.
    findMarked: async (context) => {
      const name = textArgument(context.args, 'name') ?? '';
      const wanted = textArgument(context.args, 'public_key');
      const there = name && wanted ? await fetchKeypair(os, name, context.signal) : undefined;
      if (!there || there.public_key?.trim() !== wanted) return undefined;
      return { resourceId: resourceId(os.connection, 'keypair', name), name };
    },
    create: async (context) => {
      const name = textArgument(context.args, 'name') ?? '';
      const key = await findPublicKey(os, textArgument(context.args, 'public_key'));
      if (!key) refuseBlocked([missing]);
      const body = { keypair: { name, public_key: key?.text } };
      const request = { service: 'compute', method: 'POST', path: '/os-keypairs', body } as const;
      await os.cloud.call({ ...request, signal: context.signal, what: `create the keypair ${name}` });
      return resourceId(os.connection, 'keypair', name);
    },
  });
}

export function deleteKeypair(os: OpenStack): OperationHandler {
  return deleteHandler(os, {
    noun: 'keypair',
    service: 'compute',
    path: (target) => `/os-keypairs/${encodeURIComponent(cloudIdOf(target.id))}`,
    effect: (target) => `Deletes the keypair ${target.name} from the cloud.`,
    notes: async () => [info('Servers keep the key they have; it cannot be given to new ones any more.')],
  });
}

async function findPublicKey(
  os: OpenStack,
  given: string | undefined,
): Promise<{ readonly text: string; readonly from: string } | undefined> {
  if (given && publicKey.test(given)) return { text: given, from: given.split(' ')[2] ?? 'as given' };
  const folder = `${os.homeFolder}/.ssh`;
  const files: readonly string[] = await readdir(folder).catch(() => []);
  for (const file of preferred.filter((one) => files.includes(one))) {
    const text = (await readFile(`${folder}/${file}`, 'utf8').catch(() => '')).trim();
    if (publicKey.test(text)) return { text, from: `~/.ssh/${file}` };
  }
  return undefined;
}

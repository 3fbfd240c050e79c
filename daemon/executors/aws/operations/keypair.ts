// create.keypair: uploads the public half of a key the person already has. A private key is never made by AWS, so that
// none ever passes through here. A key pair carries the mark as a tag; its name is unique in the region.

import { readdir, readFile } from 'node:fs/promises';
import { resourceId } from '../../../../shared/model/resource.ts';
import type { OperationHandler } from '../../contract.ts';
import { blocker, info, isNote, previewOf, refuseBlocked, textArgument } from '../../kit/preview.ts';
import { fetchKeypair, fetchKeypairs, markFilter } from '../api/ec2.ts';
import type { Aws } from '../aws.ts';
import { type Send, withDryRun } from './dryRun.ts';
import { tagsFor } from './names.ts';
import { createHandler } from './recipes.ts';

/** Kinds of key EC2 takes, in the order they are preferred. */
const preferred = ['id_ed25519.pub', 'id_rsa.pub'];
const publicKey = /^(ssh-ed25519|ssh-rsa) [A-Za-z0-9+/=]+/;

export function createKeypair(aws: Aws): OperationHandler {
  const missing = blocker(
    'There is no public SSH key in ~/.ssh to upload (EC2 takes ED25519 and RSA).',
    'Make one first: ssh-keygen -t ed25519.',
  );
  const nameIn = (args: Readonly<Record<string, unknown>>) => textArgument(args as never, 'name') ?? '';
  return createHandler(aws, {
    noun: 'key pair',
    preview: async (context) => {
      const name = nameIn(context.args);
      const key = await findPublicKey(aws);
      const there = name ? await fetchKeypair(aws, name, context.signal) : undefined;
      const preview = previewOf(`Uploads the public key ${key?.from ?? ''} as key pair ${name}.`, {
        changes: [
          { field: 'name', after: name },
          { field: 'public key', after: key?.from ?? null },
        ],
        notes: [
          name ? undefined : blocker('The new key pair has no name.', 'Say "named X".'),
          key ? info('Only the public half is sent; the private key stays where it is.') : missing,
          there ? blocker(`A key pair named ${name} is there already.`, 'Choose another name.') : undefined,
        ].filter(isNote),
      });
      const ask = { what: `create the key pair ${name}`, signal: context.signal };
      return withDryRun(aws, preview, ask, importKey(name, key?.text ?? ''));
    },
    findMarked: async ({ signal }, mark) => {
      const [made] = await fetchKeypairs(aws, signal, { Filters: [markFilter(mark)] });
      return (
        made && { resourceId: resourceId(aws.connection, 'keypair', made.KeyName!), name: made.KeyName! }
      );
    },
    create: async (context) => {
      const name = nameIn(context.args);
      const key = await findPublicKey(aws);
      if (!key) refuseBlocked([missing]);
      const ask = { what: `create the key pair ${name}`, signal: context.signal };
      const send = importKey(name, key?.text ?? '', context.mark);
      await aws.services.ec2.write(ask, (at) => send(at, {}));
      return resourceId(aws.connection, 'keypair', name);
    },
  });
}

function importKey(name: string, text: string, mark?: string): Send {
  return ({ sdk, send }, dry) =>
    send(
      new sdk.ImportKeyPairCommand({
        KeyName: name,
        PublicKeyMaterial: Buffer.from(text),
        ...(mark ? { TagSpecifications: [{ ResourceType: 'key-pair', Tags: tagsFor('', mark) }] } : {}),
        ...dry,
      }),
    );
}

async function findPublicKey(
  aws: Aws,
): Promise<{ readonly text: string; readonly from: string } | undefined> {
  const folder = `${aws.homeFolder}/.ssh`;
  const files: readonly string[] = await readdir(folder).catch(() => []);
  for (const file of preferred.filter((one) => files.includes(one))) {
    const text = (await readFile(`${folder}/${file}`, 'utf8').catch(() => '')).trim();
    if (publicKey.test(text)) return { text, from: `~/.ssh/${file}` };
  }
  return undefined;
}

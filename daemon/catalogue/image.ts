// Operations on images, flavors and keypairs: what VMs are made from.

import type { Operation } from '../../shared/model/operation.ts';
import { define, deleteCreated, deleting, nameArg, reads, regionArg, tagging } from './entry.ts';
import { unregistering, verbWords } from './verbWords.ts';

export const imageOperations: readonly Operation[] = [
  ...reads('image', ['list', 'show']),
  ...tagging('image'),
  deleting('image', 'Deletes an image; no VM can be made from it any more.', {
    words: [...verbWords.delete, ...unregistering],
  }),
];

export const flavorOperations: readonly Operation[] = [...reads('flavor', ['list', 'show'])];

export const keypairOperations: readonly Operation[] = [
  ...reads('keypair', ['list', 'show']),
  define('create', 'keypair', {
    title: 'Create keypair',
    doc: 'Makes a keypair in the cloud.',
    target: 'none',
    args: [nameArg, regionArg],
    undo: deleteCreated('keypair'),
  }),
  deleting('keypair', 'Deletes a keypair; running VMs keep the key they have.', { impact: 'none' }),
];

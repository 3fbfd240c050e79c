// What is taken where a person names no image, network or keypair: always the same for the same cloud, and nothing
// where a rule leaves two.

import assert from 'node:assert/strict';
import { quotaNote, quotaUse } from '../../../daemon/executors/kit/preview.ts';
import { choose } from '../../../daemon/executors/openstack/operations/choose.ts';
import {
  type Chosen,
  defaultImage,
  defaultKeypair,
  defaultNetwork,
} from '../../../daemon/executors/openstack/operations/vm/defaults.ts';
import type { ImageRecord } from '../../../daemon/executors/openstack/records/image.ts';
import type { NetworkRecord } from '../../../daemon/executors/openstack/records/network.ts';

const flavor = { id: 'f', name: 'S.4', vcpus: 4, ram: 8192, disk: 40 };
const image = (name: string, more: Partial<ImageRecord> = {}): ImageRecord => ({
  id: `id-${name}`,
  name,
  status: 'active',
  visibility: 'public',
  created_at: '2026-01-01T00:00:00Z',
  ...more,
});
const network = (name: string, more: Partial<NetworkRecord> = {}): NetworkRecord => ({
  id: `id-${name}`,
  name,
  project_id: 'mine',
  subnets: ['s'],
  ...more,
});

function outcome<T extends { readonly name?: string | null }>(chosen: Chosen<T>): string {
  return chosen.kind === 'one' ? `${chosen.value.name}` : `? ${chosen.note.fix}`;
}

describe('the image that is taken where none is named', () => {
  const check = (expected: string | RegExp, ...images: readonly ImageRecord[]) => {
    const took = outcome(defaultImage(images, flavor));
    if (typeof expected === 'string') assert.equal(took, expected);
    else assert.match(took, expected);
  };
  const newer = { created_at: '2026-06-01T00:00:00Z' };

  it('is the only one', () => check('cirros', image('cirros')));
  it('is a general system, not a test image', () =>
    check('ubuntu-22.04', image('cirros', newer), image('ubuntu-22.04')));
  it('is the newest of them', () => check('ubuntu-24.04', image('debian-12'), image('ubuntu-24.04', newer)));
  it('is not an appliance', () => check('Debian 12', image('ubuntu-k8s-1.30', newer), image('Debian 12')));
  it('is not somebody’s private one', () =>
    check('debian-12', image('ubuntu-mine', { ...newer, visibility: 'private' }), image('debian-12')));
  it('is not a snapshot', () =>
    check('debian-12', image('ubuntu-snap', { ...newer, image_type: 'snapshot' }), image('debian-12')));
  it('is not one that is off', () =>
    check('debian-12', image('ubuntu-24.04', { ...newer, status: 'deactivated' }), image('debian-12')));
  it('fits the flavor', () =>
    check('debian-12', image('ubuntu-big', { ...newer, min_disk: 80 }), image('debian-12')));
  it('is known by os_distro too', () =>
    check('base', image('base', { os_distro: 'ubuntu' }), image('cirros')));
  it('is nobody’s guess', () => check(/cirros, tiny/, image('tiny'), image('cirros')));
  it('cannot be where there is none', () => check(/Upload an image/));

  it('does not depend on the order of the list', () => {
    const images = [image('debian-12'), image('ubuntu-22.04'), image('rocky-9')];
    const names = [images, [...images].reverse()].map((list) => outcome(defaultImage(list, flavor)));
    assert.equal(names[0], names[1]);
  });

  it('is said, with how to choose another', () => {
    const chosen = defaultImage([image('debian-12'), image('cirros')], flavor);
    assert.ok(chosen.kind === 'one');
    assert.equal(chosen.notes[0]?.level, 'warning');
    assert.match(chosen.notes[0]?.fix ?? '', /with image X/);
  });
});

describe('the network that is taken where none is named', () => {
  const check = (expected: string | RegExp, ...networks: readonly NetworkRecord[]) => {
    const took = outcome(defaultNetwork(networks, 'mine'));
    if (typeof expected === 'string') assert.equal(took, expected);
    else assert.match(took, expected);
  };
  const outer = network('public', { project_id: 'op', 'router:external': true });
  const shared = network('shared', { project_id: 'op', shared: true });

  it('is the only one', () => check('private', network('private'), outer));
  it('is the only one of the project beside a shared one', () =>
    check('private', network('private'), shared));
  it('is the shared one where there is no other', () => check('shared', shared, outer));
  it('has a subnet', () => check('shared', network('empty', { subnets: [] }), shared));
  it('is an outer one only where that is shared', () =>
    check('ext', network('ext', { project_id: 'op', shared: true, 'router:external': true })));
  it('is nobody’s guess', () => check(/back, front/, network('front'), network('back')));
  it('cannot be where there is none', () => check(/Create a network/, outer));
});

describe('the keypair that is taken where none is named', () => {
  it('is the only one', () => assert.equal(defaultKeypair([{ name: 'a' }]).keypair?.name, 'a'));
  it('is none of two, which is said', () => {
    const { keypair, note } = defaultKeypair([{ name: 'a' }, { name: 'b' }]);
    assert.equal(keypair, undefined);
    assert.match(note.fix ?? '', /a, b/);
  });
});

describe('a thing that is named', () => {
  const records = [
    { id: '1', name: 'web' },
    { id: '2', name: 'Web' },
    { id: '3', name: 'db' },
    { id: '4', name: 'twin' },
    { id: '5', name: 'twin' },
  ];
  const check = (ref: string, expected: string) => {
    const choice = choose('network', ref, records);
    assert.equal(choice.kind === 'one' ? choice.value.id : choice.note.message, expected);
  };
  it('is found by exact name', () => check('web', '1'));
  it('is found whatever the case, where one fits', () => check('DB', '3'));
  it('is not guessed where several fit but for the case', () =>
    check('WEB', 'There are 2 networks named WEB.'));
  it('is not guessed where two have the name', () => check('twin', 'There are 2 networks named twin.'));
  it('is found by id and by resource id', () => {
    check('4', '4');
    check('os-a:network/5', '5');
  });
  it('is not taken for its neighbour', () => check('db-1', 'There is no network named db-1.'));
});

describe('a quota', () => {
  it('says how much is free', () =>
    assert.match(
      quotaNote(quotaUse('vCPUs', 4, 18, 20))?.message ?? '',
      /would need 4 of 2 free vCPUs \(18 of 20 in use\)/,
    ));
  it('suffices to the last', () => assert.equal(quotaNote(quotaUse('vCPUs', 2, 18, 20)), undefined));
  it('is no matter where there is no bound', () =>
    assert.equal(quotaNote(quotaUse('vCPUs', 400, 18, -1)), undefined));
});

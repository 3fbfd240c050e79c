// What is taken where a person names no image, network or keypair for a new server. Each rule is fixed, so that the
// same cloud gives the same answer, and each choice is shown in the preview and becomes part of the plan that is
// approved. Where a rule leaves two, nothing is taken: the person chooses.
//
// Image: the only one; else the newest public one whose name or os_distro says it is a general server system.
// Network: the only one a server may be attached to; else the only one of the project itself.
// Keypair: the only one. (Rules of our own; OpenStack has none for images and keypairs.)

import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import { blocker, warning } from '../../../kit/preview.ts';
import type { FlavorRecord, KeypairRecord } from '../../records/compute.ts';
import { type ImageRecord, isSnapshotImage } from '../../records/image.ts';
import type { NetworkRecord } from '../../records/network.ts';
import { type Choice, listNames } from '../choose.ts';

/** General server systems people start from; test images (cirros) and appliances are not among them. */
const generalSystems =
  /(^|[^a-z])(ubuntu|debian|rocky|alma(linux)?|centos|fedora|opensuse|suse|sles|rhel|red ?hat|oracle ?linux)([^a-z]|$)/i;
/** Images for one purpose, though a general system is in their name. */
const appliances = /k8s|kube|amphora|octavia|magnum|gpu|cuda|desktop|minimal-test|bastion|router|firewall/i;

export type Chosen<T> =
  | { readonly kind: 'one'; readonly value: T; readonly notes: readonly PreviewNote[] }
  | { readonly kind: 'none'; readonly note: PreviewNote };

/** Wraps a choice a person made by name. */
export function asChosen<T>(choice: Choice<T>): Chosen<T> {
  return choice.kind === 'one' ? { ...choice, notes: [] } : choice;
}

export function defaultImage(
  images: readonly ImageRecord[],
  flavor: FlavorRecord | undefined,
): Chosen<ImageRecord> {
  const usable = images.filter(
    (image) =>
      image.status === 'active' && !image.os_hidden && !isSnapshotImage(image) && fits(image, flavor),
  );
  if (usable.length === 0)
    return {
      kind: 'none',
      note: blocker(
        flavor ? `No active image fits the flavor ${flavor.name}.` : 'There is no active image.',
        'Upload an image (openstack image create), or name a larger flavor.',
      ),
    };
  if (usable.length === 1) return chosen(usable[0]!, 'image', 'the only image');
  const general = usable
    .filter((image) => image.visibility === 'public' && isGeneral(image))
    .sort(newestFirst);
  if (general[0]) return chosen(general[0], 'image', 'the newest public image of a general system');
  return {
    kind: 'none',
    note: blocker(
      `No image was named, and none of the ${usable.length} is clearly meant.`,
      `Say "with image X", X being one of: ${listNames(usable)}.`,
    ),
  };
}

/** Whether the image's own minimum allows the flavor. A flavor without a disk boots from a volume of any size. */
export function fits(image: ImageRecord, flavor: FlavorRecord | undefined): boolean {
  if (!flavor) return true;
  const diskFits = flavor.disk === 0 || (image.min_disk ?? 0) <= flavor.disk;
  return diskFits && (image.min_ram ?? 0) <= flavor.ram;
}

export function defaultNetwork(networks: readonly NetworkRecord[], projectId: string): Chosen<NetworkRecord> {
  const attachable = networks.filter((network) => isAttachable(network, projectId));
  if (attachable.length === 1) return chosen(attachable[0]!, 'network', 'the only network for servers');
  const own = attachable.filter((network) => network.project_id === projectId);
  if (own.length === 1) return chosen(own[0]!, 'network', 'the only network of this project');
  if (attachable.length === 0)
    return {
      kind: 'none',
      note: blocker(
        'This project has no network that a server could be attached to.',
        'Create a network with a subnet first: "create network app-net", then "create subnet".',
      ),
    };
  return {
    kind: 'none',
    note: blocker(
      `No network was named, and there are ${attachable.length}.`,
      `Say "in network X", X being one of: ${listNames(attachable)}.`,
    ),
  };
}

/** An outer network takes servers only where it is shared; one without a subnet gives no address. */
export function isAttachable(network: NetworkRecord, projectId: string): boolean {
  const isAllowed = network['router:external'] ? network.shared === true : true;
  const isReachable = network.project_id === projectId || network.shared === true;
  return isAllowed && isReachable && (network.subnets ?? []).length > 0 && network.admin_state_up !== false;
}

/** A keypair may be missing: then the server is made without one, which is said. */
export function defaultKeypair(keypairs: readonly KeypairRecord[]): {
  readonly keypair?: KeypairRecord;
  readonly note: PreviewNote;
} {
  const [first, ...others] = keypairs;
  if (first && others.length === 0)
    return { keypair: first, note: chosenNote('keypair', first.name, 'the only keypair') };
  const named = keypairs.map((keypair) => ({ id: keypair.name, name: keypair.name }));
  return {
    note: warning(
      'No keypair was named: nobody will be able to log in by SSH key.',
      first
        ? `Say "with keypair X", X being one of: ${listNames(named)}.`
        : 'Create a keypair first: "create keypair NAME".',
    ),
  };
}

function isGeneral(image: ImageRecord): boolean {
  const text = `${image.name ?? ''} ${image.os_distro ?? ''}`;
  return generalSystems.test(text) && !appliances.test(text);
}

function newestFirst(a: ImageRecord, b: ImageRecord): number {
  const byDate = (b.created_at ?? '').localeCompare(a.created_at ?? '');
  return byDate || (b.name ?? '').localeCompare(a.name ?? '') || a.id.localeCompare(b.id);
}

function chosen<T extends { readonly id: string; readonly name?: string | null }>(
  value: T,
  what: string,
  why: string,
): Chosen<T> {
  return { kind: 'one', value, notes: [chosenNote(what, value.name || value.id, why)] };
}

function chosenNote(what: string, name: string, why: string): PreviewNote {
  const say = what === 'network' ? 'in network X' : `with ${what} X`;
  return warning(`Chosen by Pilothouse: ${what} ${name}, ${why}.`, `Say "${say}" to choose another.`);
}

// Settles what a new server is to be: flavor, image, network, keypair, groups and boot disk, each found by name or
// by a rule of defaults.ts. The same function serves preview and perform; perform gets ids, so that it finds the
// very same things or refuses.

import type { Arguments } from '../../../../../shared/model/operation.ts';
import type { PreviewNote } from '../../../../../shared/model/plan.ts';
import { parseResourceId } from '../../../../../shared/model/resource.ts';
import { blocker, isNote, numberArgument, textArgument, warning } from '../../../kit/preview.ts';
import { fetchKeypairs } from '../../api/compute.ts';
import type { OpenStack } from '../../api/openStack.ts';
import { fetchVolume, fetchVolumeSnapshot } from '../../api/volume.ts';
import type { FlavorRecord, KeypairRecord } from '../../records/compute.ts';
import type { ImageRecord } from '../../records/image.ts';
import type { NetworkRecord, SecurityGroupRecord } from '../../records/network.ts';
import { choose, listNames } from '../choose.ts';
import { asChosen, type Chosen, defaultImage, defaultKeypair, defaultNetwork, fits } from './defaults.ts';

/** What the first disk of the server is made of. */
export type BootSource =
  | { readonly kind: 'image'; readonly image: ImageRecord }
  /** A new volume of this size, made from the image and deleted with the server. */
  | { readonly kind: 'image-volume'; readonly image: ImageRecord; readonly sizeGb: number }
  | { readonly kind: 'snapshot'; readonly id: string; readonly name: string; readonly sizeGb: number }
  | { readonly kind: 'volume'; readonly id: string; readonly name: string };

export interface CreateSpec {
  readonly name: string;
  readonly flavor?: FlavorRecord;
  readonly boot?: BootSource;
  readonly network?: NetworkRecord;
  readonly keypair?: KeypairRecord;
  readonly groups: readonly SecurityGroupRecord[];
  readonly notes: readonly PreviewNote[];
}

/** A volume that is made for booting has to hold a system; Nova's own default is the image's minimum alone. */
const bootVolumeGbMin = 10;

export async function settleSpec(os: OpenStack, args: Arguments, signal: AbortSignal): Promise<CreateSpec> {
  const spec = await settleFromLists(os, args, signal);
  if (!spec.notes.some((note) => note.level === 'blocker')) return spec;
  // What is missing may have been made a moment ago, after the lists were read.
  os.lists.forget();
  return settleFromLists(os, args, signal);
}

async function settleFromLists(os: OpenStack, args: Arguments, signal: AbortSignal): Promise<CreateSpec> {
  const [session, flavors, networks, keypairs] = await Promise.all([
    os.cloud.session(signal),
    os.lists.flavors(signal),
    os.lists.networks(signal),
    fetchKeypairs(os, signal),
  ]);
  const flavor = chooseFlavor(args, flavors);
  const flavorRecord = flavor.kind === 'one' ? flavor.value : undefined;
  const boot = await chooseBoot(os, args, flavorRecord, signal);
  const named = textArgument(args, 'network');
  const network = named
    ? asChosen(choose('network', named, networks))
    : defaultNetwork(networks, session.project.id);
  const keypair = chooseKeypair(args, keypairs);
  const groups = await chooseGroups(os, args, signal);
  return {
    name: textArgument(args, 'name') ?? '',
    flavor: flavorRecord,
    boot: boot.kind === 'one' ? boot.value : undefined,
    network: network.kind === 'one' ? network.value : undefined,
    keypair: keypair.keypair,
    groups: groups.groups,
    notes: [
      ...(textArgument(args, 'name') ? [] : [blocker('The new server has no name.', 'Say "named X".')]),
      ...notesOf(flavor),
      ...notesOf(boot),
      ...notesOf(network),
      ...[keypair.note].filter(isNote),
      ...groups.notes,
    ],
  };
}

function notesOf<T>(chosen: Chosen<T>): readonly PreviewNote[] {
  return chosen.kind === 'one' ? chosen.notes : [chosen.note];
}

function chooseFlavor(args: Arguments, flavors: readonly FlavorRecord[]): Chosen<FlavorRecord> {
  const usable = flavors.filter((flavor) => !flavor['OS-FLV-DISABLED:disabled']);
  const named = textArgument(args, 'flavor');
  if (named) return asChosen(choose('flavor', named, usable));
  const [only, ...others] = usable;
  if (only && others.length === 0)
    return {
      kind: 'one',
      value: only,
      notes: [warning(`Chosen by Pilothouse: flavor ${only.name}, the only flavor.`)],
    };
  return {
    kind: 'none',
    note: blocker('No flavor (size) was named.', `Say one of: ${listNames(usable)}.`),
  };
}

async function chooseBoot(
  os: OpenStack,
  args: Arguments,
  flavor: FlavorRecord | undefined,
  signal: AbortSignal,
): Promise<Chosen<BootSource>> {
  const volume = textArgument(args, 'volume') ?? textArgument(args, 'boot_volume');
  if (volume) return chooseVolume(os, volume, signal);
  const named = textArgument(args, 'image') ?? textArgument(args, 'snapshot');
  const snapshot = named && parseResourceId(named)?.path.match(/^volume\/(.+)$/)?.[1];
  if (snapshot) return chooseSnapshot(os, snapshot, signal);
  const images = await os.lists.images(signal);
  const image = named ? asChosen(choose('image', named, images)) : defaultImage(images, flavor);
  if (image.kind === 'none') return image;
  return {
    kind: 'one',
    value: bootFrom(image.value, args, flavor),
    notes: [...image.notes, ...unfit(image.value, flavor)],
  };
}

/** A flavor without a disk of its own, or a size that was asked for, means a volume. */
function bootFrom(image: ImageRecord, args: Arguments, flavor: FlavorRecord | undefined): BootSource {
  const asked = numberArgument(args, 'boot_volume_gb') ?? numberArgument(args, 'size_gb');
  if (asked === undefined && flavor?.disk !== 0) return { kind: 'image', image };
  const imageGb = Math.ceil((image.size ?? 0) / 2 ** 30);
  return {
    kind: 'image-volume',
    image,
    sizeGb: asked ?? Math.max(image.min_disk ?? 0, imageGb, bootVolumeGbMin),
  };
}

function unfit(image: ImageRecord, flavor: FlavorRecord | undefined): readonly PreviewNote[] {
  const name = image.name ?? image.id;
  if (image.status !== 'active')
    return [blocker(`The image ${name} is ${image.status} and cannot be used.`, 'Name an active image.')];
  if (flavor && !fits(image, flavor))
    return [
      blocker(
        `The image ${name} needs ${image.min_disk ?? 0} GB disk and ${image.min_ram ?? 0} MB memory; ${flavor.name} has ${flavor.disk} GB and ${flavor.ram} MB.`,
        'Name a larger flavor.',
      ),
    ];
  return [];
}

async function chooseVolume(os: OpenStack, ref: string, signal: AbortSignal): Promise<Chosen<BootSource>> {
  const volume = await fetchVolume(os, ref, signal);
  if (volume?.status !== 'available')
    return {
      kind: 'none',
      note: blocker(
        volume ? `The volume ${volume.name || ref} is ${volume.status}.` : `There is no volume ${ref}.`,
        'Name a volume that is available.',
      ),
    };
  return { kind: 'one', value: { kind: 'volume', id: volume.id, name: volume.name || volume.id }, notes: [] };
}

async function chooseSnapshot(os: OpenStack, id: string, signal: AbortSignal): Promise<Chosen<BootSource>> {
  const snapshot = await fetchVolumeSnapshot(os, id, signal);
  if (snapshot?.status !== 'available')
    return {
      kind: 'none',
      note: blocker(
        snapshot
          ? `The snapshot ${snapshot.name || id} is ${snapshot.status}.`
          : `There is no snapshot ${id}.`,
        'Name a snapshot that is available.',
      ),
    };
  const value = { kind: 'snapshot', id, name: snapshot.name || id, sizeGb: snapshot.size ?? 0 } as const;
  return { kind: 'one', value, notes: [] };
}

function chooseKeypair(args: Arguments, keypairs: readonly KeypairRecord[]) {
  const named = textArgument(args, 'keypair');
  if (!named) return defaultKeypair(keypairs);
  const choice = choose(
    'keypair',
    named,
    keypairs.map((keypair) => ({ ...keypair, id: keypair.name })),
  );
  return choice.kind === 'one'
    ? { keypair: choice.value, note: undefined }
    : { keypair: undefined, note: choice.note };
}

async function chooseGroups(os: OpenStack, args: Arguments, signal: AbortSignal) {
  const value = args.security_groups ?? args.security_group;
  const refs = (Array.isArray(value) ? value : typeof value === 'string' ? [value] : []).filter(
    (one): one is string => typeof one === 'string' && one !== '',
  );
  if (refs.length === 0) return { groups: [], notes: [] };
  const all = await os.lists.securityGroups(signal);
  const choices = refs.map((ref) => choose('security group', ref, all));
  return {
    groups: choices.flatMap((choice) => (choice.kind === 'one' ? [choice.value] : [])),
    notes: choices.flatMap((choice) => (choice.kind === 'none' ? [choice.note] : [])),
  };
}

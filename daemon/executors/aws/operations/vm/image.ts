// The image of a new instance: one that is named, by id, by the name of one of the account's own, or by the plain name
// of a distribution; without a name Amazon Linux. Of a distribution the newest is taken that its maker publishes, found
// by the maker's account number, so that nobody else's image of the same name can slip in. Account numbers and name
// patterns are those the makers document (Ubuntu "Find Ubuntu images on AWS", Debian wiki "Cloud/AmazonEC2Image", AWS
// "Amazon Linux 2023 on EC2", Red Hat "Cloud Access").

import type { Image, InstanceTypeInfo } from '@aws-sdk/client-ec2';
import { blocker, warning } from '../../../kit/preview.ts';
import { fetchImage, fetchImages } from '../../api/ec2.ts';
import type { Aws } from '../../aws.ts';
import { awsIdOf } from '../../mapping/place.ts';
import { type Choice, choose, none, one } from '../choose.ts';

interface Distribution {
  readonly said: RegExp;
  readonly owner: string;
  readonly name: string;
}

const distributions: readonly Distribution[] = [
  { said: /^(amazon[- ]?linux([- ]?2023)?|al2023)$/, owner: 'amazon', name: 'al2023-ami-2023.*-kernel-*' },
  { said: /^(amazon[- ]?linux[- ]?2|amzn2)$/, owner: 'amazon', name: 'amzn2-ami-hvm-2.0.*-gp2' },
  {
    said: /^ubuntu([- ]?24(\.04)?)?$/,
    owner: '099720109477',
    name: 'ubuntu/images/hvm-ssd*/ubuntu-noble-24.04-*-server-*',
  },
  {
    said: /^ubuntu[- ]?22(\.04)?$/,
    owner: '099720109477',
    name: 'ubuntu/images/hvm-ssd*/ubuntu-jammy-22.04-*-server-*',
  },
  {
    said: /^ubuntu[- ]?20(\.04)?$/,
    owner: '099720109477',
    name: 'ubuntu/images/hvm-ssd*/ubuntu-focal-20.04-*-server-*',
  },
  { said: /^debian([- ]?12)?$/, owner: '136693071363', name: 'debian-12-*' },
  { said: /^debian[- ]?11$/, owner: '136693071363', name: 'debian-11-*' },
  { said: /^(rhel|red[- ]?hat)[- ]?9?$/, owner: '309956199498', name: 'RHEL-9.*_HVM-*' },
];

export async function chooseImage(
  aws: Aws,
  named: string | undefined,
  type: InstanceTypeInfo | undefined,
  signal: AbortSignal,
): Promise<Choice<Image>> {
  const architectures = (type?.ProcessorInfo?.SupportedArchitectures ?? ['x86_64']).filter(
    (one) => one !== 'i386',
  );
  if (!named) {
    const found = await newest(aws, distributions[0]!, architectures, signal);
    return found
      ? one(found, warning(`Chosen by Pilothouse: image ${found.Name}, the newest Amazon Linux.`))
      : none(blocker('No image was named.', 'Say "from image X".'));
  }
  const id = awsIdOf(named);
  if (/^ami-[0-9a-f]+$/.test(id)) {
    const image = await fetchImage(aws, id, signal);
    return image ? fitting(image, architectures) : none(blocker(`There is no image ${id} in this region.`));
  }
  const own = await fetchImages(aws, signal);
  const options = own.map((value) => ({ id: value.ImageId!, name: value.Name, value }));
  const distribution = distributions.find(({ said }) => said.test(named.toLowerCase()));
  const isOwn = options.some(({ name }) => name?.toLowerCase() === named.toLowerCase());
  if (isOwn || !distribution) {
    const chosen = choose('image', named, options);
    return chosen.kind === 'one' ? fitting(chosen.value, architectures) : chosen;
  }
  const found = await newest(aws, distribution, architectures, signal);
  if (!found)
    return none(
      blocker(
        `${named} publishes no image for ${architectures.join(' or ')} in this region.`,
        'Name an image by id (ami-…).',
      ),
    );
  return one(found, warning(`Chosen by Pilothouse: image ${found.Name}, the newest its maker publishes.`));
}

function fitting(image: Image, architectures: readonly string[]): Choice<Image> {
  const name = image.Name ?? image.ImageId;
  if (image.State !== 'available')
    return none(
      blocker(`The image ${name} is ${image.State} and cannot be used.`, 'Name one that is available.'),
    );
  if (image.Architecture && !architectures.includes(image.Architecture))
    return none(
      blocker(
        `The image ${name} is made for ${image.Architecture}, and the instance type is ${architectures.join(' or ')}.`,
        'Name a type or an image of the same architecture.',
      ),
    );
  return one(image);
}

async function newest(
  aws: Aws,
  { owner, name }: Distribution,
  architectures: readonly string[],
  signal: AbortSignal,
): Promise<Image | undefined> {
  const images = await aws.keep(`newest ${owner} ${name}`, () =>
    fetchImages(aws, signal, {
      Owners: [owner],
      Filters: [
        { Name: 'name', Values: [name] },
        { Name: 'state', Values: ['available'] },
      ],
    }),
  );
  return images
    .filter((image) => !image.Architecture || architectures.includes(image.Architecture))
    .sort((a, b) => (b.CreationDate ?? '').localeCompare(a.CreationDate ?? ''))[0];
}

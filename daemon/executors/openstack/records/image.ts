// What Glance says, as far as it is used.

import { z } from 'zod';

export const imageRecord = z.object({
  id: z.string(),
  name: z.string().nullish(),
  status: z.string(),
  visibility: z.string().nullish(),
  owner: z.string().nullish(),
  /** Bytes. */
  size: z.number().nullish(),
  /** GiB and MiB. */
  min_disk: z.number().nullish(),
  min_ram: z.number().nullish(),
  protected: z.boolean().nullish(),
  os_hidden: z.boolean().nullish(),
  os_distro: z.string().nullish(),
  os_type: z.string().nullish(),
  tags: z.array(z.string()).nullish(),
  created_at: z.string().nullish(),
  updated_at: z.string().nullish(),
  /** Set by Nova for what it made of a server. */
  image_type: z.string().nullish(),
  instance_uuid: z.string().nullish(),
  'pilothouse-mark': z.string().nullish(),
});
export type ImageRecord = z.infer<typeof imageRecord>;

/** Whether Nova made it of a server, so that it is shown as a snapshot. */
export function isSnapshotImage(image: ImageRecord): boolean {
  return image.image_type === 'snapshot' || Boolean(image.instance_uuid);
}

// What Cinder says, as far as it is used.

import { z } from 'zod';

const text = z.string().nullish();

export const volumeRecord = z.object({
  id: z.string(),
  name: text,
  status: z.string(),
  /** GiB. */
  size: z.number(),
  bootable: z.union([z.string(), z.boolean()]).nullish(),
  encrypted: z.boolean().nullish(),
  multiattach: z.boolean().nullish(),
  volume_type: text,
  availability_zone: text,
  snapshot_id: text,
  source_volid: text,
  metadata: z.record(z.string(), z.string()).nullish(),
  volume_image_metadata: z.object({ image_id: text, image_name: text }).nullish(),
  attachments: z.array(z.object({ server_id: text, device: text, attachment_id: text })).nullish(),
  created_at: text,
  updated_at: text,
});
export type VolumeRecord = z.infer<typeof volumeRecord>;

export const volumeSnapshotRecord = z.object({
  id: z.string(),
  name: text,
  status: z.string(),
  size: z.number().nullish(),
  volume_id: text,
  metadata: z.record(z.string(), z.string()).nullish(),
  created_at: text,
  updated_at: text,
});
export type VolumeSnapshotRecord = z.infer<typeof volumeSnapshotRecord>;

/** Figures are -1 where there is no bound. */
export const volumeLimits = z.object({
  limits: z.object({
    absolute: z.object({
      maxTotalVolumes: z.number().default(-1),
      totalVolumesUsed: z.number().default(0),
      maxTotalVolumeGigabytes: z.number().default(-1),
      totalGigabytesUsed: z.number().default(0),
      maxTotalSnapshots: z.number().default(-1),
      totalSnapshotsUsed: z.number().default(0),
    }),
  }),
});
export type VolumeLimits = z.infer<typeof volumeLimits>['limits']['absolute'];

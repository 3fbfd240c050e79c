// Reads of Glance.

import { limits } from '../../../config.ts';
import { cloudIdOf } from '../mapping/place.ts';
import { type ImageRecord, imageRecord } from '../records/image.ts';
import type { OpenStack } from './openStack.ts';

const query = { limit: String(limits.cloudPageItems) };

/** All images this project may use, snapshots among them. */
export function fetchImages(os: OpenStack, signal: AbortSignal): Promise<readonly ImageRecord[]> {
  return os.cloud.list(
    { service: 'image', path: '/images', query, signal, what: 'read the images' },
    'images',
    imageRecord,
  );
}

/** An image by its id or resource id. */
export function fetchImage(os: OpenStack, id: string, signal: AbortSignal): Promise<ImageRecord | undefined> {
  const path = `/images/${encodeURIComponent(cloudIdOf(id))}`;
  return os.cloud.find({ service: 'image', path, signal, what: 'read the image' }, imageRecord);
}

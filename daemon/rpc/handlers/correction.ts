// What a person corrected: handed out to a person on request only.

import { limits } from '../../config.ts';
import type { HandlersOf } from '../contract.ts';
import { countThatFits } from '../parts.ts';

export const correctionHandlers: HandlersOf<'correction'> = {
  'correction/list': ({ after, limit }, { services }) => {
    const { items, next } = services.corrections.list({ after, limit });
    const fitting = items.slice(0, countThatFits(items, 0, limits.frameBytesMax / 2));
    if (fitting.length === items.length) return { items, ...(next !== undefined && { next }) };
    return { items: fitting, next: Number(fitting.at(-1)?.id.replace('correction-', '')) };
  },
  'correction/clear': (_params, { services }) => ({ removed: services.corrections.clear() }),
};

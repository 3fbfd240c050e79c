// What was said before.

import { limits } from '../../config.ts';
import type { HandlersOf } from '../contract.ts';
import { countThatFits } from '../parts.ts';

export const chatHandlers: HandlersOf<'chat'> = {
  'chat/list': (where, { services }) => {
    const turns = services.chat.list(where);
    return { turns: turns.slice(0, countThatFits(turns, 0, limits.frameBytesMax / 2)) };
  },
  'chat/clear': ({ conversation }, { services }) => ({ removed: services.chat.clear(conversation) }),
};

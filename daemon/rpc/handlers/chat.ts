// What was said before: listed, searched, forgotten, and how long it is kept.

import { limits } from '../../config.ts';
import type { HandlersOf } from '../contract.ts';
import { countThatFits } from '../parts.ts';

export const chatHandlers: HandlersOf<'chat'> = {
  'chat/list': (where, { services }) => {
    const turns = services.chat.list(where);
    return { turns: turns.slice(0, countThatFits(turns, 0, limits.frameBytesMax / 2)) };
  },
  'chat/search': (where, { services }) => {
    const { turns, total } = services.chat.search(where);
    return { turns: turns.slice(0, countThatFits(turns, 0, limits.frameBytesMax / 2)), total };
  },
  'chat/clear': ({ conversation }, { services }) => ({ removed: services.chat.clear(conversation) }),
  'chat/configure': (retention, { services }) => {
    const removed = services.chat.configure(retention);
    return { ...services.chat.retention, removed };
  },
};

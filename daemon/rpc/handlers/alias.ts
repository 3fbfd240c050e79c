// Aliases: kept only on a person's word, only for words that a sentence does not need for itself, and only for things
// that are there. The reader is told of each change by `main.ts`.

import { ProblemError } from '../../../shared/model/problem.ts';
import type { HandlersOf } from '../contract.ts';

export const aliasHandlers: HandlersOf<'alias'> = {
  'alias/list': (_params, { services }) => ({
    aliases: services.aliases
      .list()
      .map((alias) => ({ ...alias, missing: services.graph.get(alias.target) === undefined })),
  }),
  'alias/set': ({ words, target }, { services }) => {
    const resource = services.graph.get(target);
    const trouble = resource
      ? services.interpreter.aliasTrouble({ words, target }, services.now())
      : `There is no ${target} (any more).`;
    if (!resource || trouble !== undefined)
      throw new ProblemError({
        code: 'bad-input',
        message: trouble ?? '',
        fix: 'Choose words that only name the thing, such as "the billing db".',
      });
    return { ...services.aliases.set({ words, target, name: resource.name }), missing: false };
  },
  'alias/remove': ({ words }, { services }) => ({ removed: services.aliases.remove(words) }),
};

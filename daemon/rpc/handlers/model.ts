// The language model: what a person chose, and the models an editor offers. Nothing here reads or plans anything.

import { defaultModelSettings, type ModelSettings } from '../../../shared/model/languageModel.ts';
import type { HandlersOf } from '../contract.ts';

export const modelHandlers: HandlersOf<'model'> = {
  'model/status': (_params, { services }) => services.assistant.status,
  'model/configure': ({ settings, key }, context) => {
    const next: ModelSettings = { ...defaultModelSettings, ...settings };
    return context.services.assistant.configure(next, key);
  },
  'model/serve': ({ models }, { services, signal }) => services.editorModels.serve(models, signal),
  'model/reply': (reply, { services }) => ({ taken: services.editorModels.reply(reply) }),
};

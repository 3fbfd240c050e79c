// Who reads what is typed: a small switch beside the input. It shows which model there is and why it cannot be asked
// where that is so; a person who has none is led to the settings. What is chosen is remembered by the extension.

import type { FromChat, PanelReader } from '../../shared/panel/chat.ts';
import { type Child, element } from '../dom.ts';

const chooseModel = 'choose-model';

/** The switch for the state of now; nothing before the state is known. */
export function drawReaderSwitch(
  reader: PanelReader | undefined,
  host: { readonly post: (message: FromChat) => void },
): readonly Child[] {
  if (!reader) return [];
  const { choice, model, away } = reader;
  const option = (value: string, text: string) =>
    element('option', { attributes: { value, selected: value === choice } }, text);
  const named = model && `${model}${away ? ' (away)' : ''}`;
  const select = element(
    'select',
    {
      focusKey: 'reader',
      attributes: { 'aria-label': 'Who reads', title: describe(reader) },
      on: {
        change: (event) => {
          const { value } = event.target as HTMLSelectElement;
          if (value !== chooseModel) return host.post({ type: 'reader', reader: value });
          (event.target as HTMLSelectElement).value = choice;
          host.post({ type: 'chooseModel' });
        },
      },
    },
    option('auto', named ? `Auto: embedded, ${named} when unsure` : 'Auto: embedded reader'),
    option('embedded', 'Embedded reader only'),
    named ? option('model', `Always ask ${named}`) : option(chooseModel, 'Choose a language model…'),
  );
  return [element('label', { class: 'reader' }, element('span', { class: 'quiet' }, 'Reader'), select)];
}

function describe({ model, away }: PanelReader): string {
  if (away) return away;
  if (!model) return 'Sentences are read on this machine, without a language model.';
  return `${model} only proposes: every plan is checked, shown and approved as always.`;
}

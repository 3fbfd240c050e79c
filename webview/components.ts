// The one place that knows the component library (@vscode/webview-ui-toolkit, deprecated by its authors): pages
// ask for a button or an input here and never name its elements, so that it can be replaced in this file alone.

import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeProgressRing,
  vsCodeTextArea,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { element, icon } from './dom.ts';

/** Makes the components known to the page. Call once, before the first is drawn. */
export function registerComponents(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeProgressRing(),
    vsCodeTextArea(),
    vsCodeTextField(),
  );
}

export interface ButtonOptions {
  readonly label: string;
  /** `icon` shows the icon alone; the label is what a screen reader says and the tooltip. */
  readonly look: 'primary' | 'secondary' | 'icon';
  readonly icon?: string;
  readonly focusKey: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
}

export function button(options: ButtonOptions): HTMLElement {
  const hasIconOnly = options.look === 'icon';
  const glyph = options.icon ? icon(options.icon) : undefined;
  if (glyph && !hasIconOnly) glyph.slot = 'start';
  return element(
    'vscode-button',
    {
      focusKey: options.focusKey,
      on: { click: options.onClick },
      attributes: {
        appearance: options.look,
        disabled: options.disabled,
        'aria-label': options.label,
        title: hasIconOnly ? options.label : undefined,
      },
    },
    glyph,
    hasIconOnly ? undefined : options.label,
  );
}

export function progressRing(label: string): HTMLElement {
  return element('vscode-progress-ring', { class: 'ring', attributes: { 'aria-label': label } });
}

/** An input of several lines that grows with its text. */
export interface TextArea {
  readonly element: HTMLElement;
  value: string;
  /** Whether the caret stands before everything, or after everything, with nothing selected. */
  caretAt(edge: 'start' | 'end'): boolean;
  focusAtEnd(): void;
}

interface TextControlElement extends HTMLElement {
  value: string;
  rows: number;
  control?: HTMLTextAreaElement;
}

const rowsMax = 8;

export function textArea(options: {
  readonly label: string;
  readonly hint: string;
  readonly charactersMax: number;
  readonly onInput: () => void;
}): TextArea {
  const made = element('vscode-text-area', {
    focusKey: 'input',
    attributes: {
      rows: 1,
      resize: 'none',
      maxlength: options.charactersMax,
      placeholder: options.hint,
      'aria-label': options.label,
    },
  }) as TextControlElement;
  nameAgain(made, options.label);
  const grow = () => fitRows(made);
  made.addEventListener('input', () => {
    grow();
    options.onInput();
  });
  return {
    element: made,
    get value() {
      return made.value ?? '';
    },
    set value(text: string) {
      made.value = text;
      requestAnimationFrame(grow);
    },
    caretAt: (edge) => {
      const control = made.control;
      if (!control || control.selectionStart !== control.selectionEnd) return false;
      return control.selectionStart === (edge === 'start' ? 0 : control.value.length);
    },
    focusAtEnd: () => {
      const control = made.control;
      if (!control) return made.focus();
      control.focus();
      control.setSelectionRange(control.value.length, control.value.length);
    },
  };
}

/** The library gives its inputs a name of its own ("Text area") when they come into the page; ours counts. */
function nameAgain(made: HTMLElement, label: string): void {
  requestAnimationFrame(() => made.setAttribute('aria-label', label));
}

function fitRows(area: TextControlElement): void {
  const control = area.control;
  if (!control) return;
  area.rows = 1;
  control.rows = 1;
  const style = getComputedStyle(control);
  const lineHeight = Number.parseFloat(style.lineHeight) || Number.parseFloat(style.fontSize) * 1.4;
  const padding = Number.parseFloat(style.paddingTop) + Number.parseFloat(style.paddingBottom);
  const rows = Math.round((control.scrollHeight - padding) / lineHeight);
  area.rows = Math.min(rowsMax, Math.max(1, rows));
}

export function textField(options: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): HTMLElement {
  const made = element('vscode-text-field', {
    focusKey: `field:${options.label}`,
    attributes: { value: options.value, 'aria-label': options.label, placeholder: options.label },
  }) as TextControlElement;
  nameAgain(made, options.label);
  made.addEventListener('input', () => options.onChange(made.value));
  return made;
}

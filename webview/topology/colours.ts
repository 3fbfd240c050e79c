// Colours of the theme as the drawing needs them: the editor's variables, made into plain colours, read again when the
// theme changes. Nothing else on the page names a colour.

import type { Health } from '../../shared/model/resource.ts';

export interface Colours {
  readonly text: string;
  readonly background: string;
  readonly line: string;
  readonly quiet: string;
  readonly focus: string;
  readonly target: string;
  readonly affected: string;
  readonly health: Readonly<Record<Health, string>>;
  readonly font: string;
}

const healthVariables: Readonly<Record<Health, string>> = {
  ok: '--vscode-testing-iconPassed',
  busy: '--vscode-charts-blue',
  warning: '--vscode-problemsWarningIcon-foreground',
  error: '--vscode-problemsErrorIcon-foreground',
  off: '--vscode-descriptionForeground',
  unknown: '--vscode-disabledForeground',
};

export function readColours(): Colours {
  const style = getComputedStyle(document.body);
  const pen = document.createElement('canvas').getContext('2d');
  const read = (variable: string, fallback: string): string => {
    const value = style.getPropertyValue(variable).trim() || fallback;
    if (!pen) return value;
    // The canvas gives back what it understood, in a form every drawing library reads.
    pen.fillStyle = fallback;
    pen.fillStyle = value;
    return pen.fillStyle;
  };
  const text = read('--vscode-foreground', '#808080');
  const health = Object.fromEntries(
    Object.entries(healthVariables).map(([name, variable]) => [name, read(variable, text)]),
  ) as Record<Health, string>;
  return {
    text,
    background: read('--vscode-editor-background', '#ffffff'),
    line: read('--vscode-descriptionForeground', text),
    quiet: read('--vscode-descriptionForeground', text),
    focus: read('--vscode-focusBorder', text),
    target: read('--vscode-errorForeground', health.error),
    affected: health.warning,
    health,
    font: style.getPropertyValue('--vscode-font-family').trim() || 'sans-serif',
  };
}

/** Calls back when the editor's theme changes. */
export function onThemeChange(listener: () => void): void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
}

// What can be said of a picture without looking at it: whether text stands out from what is behind it, whether anything
// hangs over an edge, and whether one sees where the keyboard is. Measured in the page as it is drawn, in the colours of
// the theme. Shared by the suites in the browser.

import type { FrameLocator, Keyboard } from 'playwright-core';

/** WCAG 2.1, 1.4.3: text of usual size. */
const contrastMin = 4.5;

/** Text of a webview that does not stand out, with its ratio. `ground` is the editor's colour behind the page. */
export function faintTexts(
  page: FrameLocator,
  ground: 'sideBar-background' | 'editor-background',
): Promise<readonly string[]> {
  return page.locator('body').evaluate(
    (body, { variable, least }) => {
      type Colour = readonly [number, number, number, number];
      const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!;
      const read = (text: string): Colour => {
        pen.clearRect(0, 0, 1, 1);
        pen.fillStyle = text;
        pen.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
        return [r!, g!, b!, a! / 255];
      };
      const over = (top: Colour, below: Colour): Colour => {
        const mix = (at: 0 | 1 | 2) => top[at] * top[3] + below[at] * (1 - top[3]);
        return [mix(0), mix(1), mix(2), 1];
      };
      const light = ([r, g, b]: Colour): number => {
        const [x, y, z] = [r, g, b].map((part) => {
          const share = part / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * x! + 0.7152 * y! + 0.0722 * z!;
      };
      const above = (element: Element): Element | null =>
        element.assignedSlot ??
        element.parentElement ??
        (element.getRootNode() instanceof ShadowRoot ? (element.getRootNode() as ShadowRoot).host : null);
      const root = read(getComputedStyle(document.documentElement).getPropertyValue(variable).trim());
      const behind = (element: Element): Colour => {
        const layers: Colour[] = [];
        for (let at: Element | null = element; at; at = above(at))
          layers.push(read(getComputedStyle(at).backgroundColor));
        return layers.reverse().reduce((below, layer) => over(layer, below), root);
      };
      const opacityOf = (element: Element): number => {
        let opacity = 1;
        for (let at: Element | null = element; at; at = above(at))
          opacity *= Number(getComputedStyle(at).opacity);
        return opacity;
      };
      const isOff = (element: Element): boolean => {
        for (let at: Element | null = element; at; at = above(at))
          if (at.matches('[disabled], [aria-disabled="true"], .visually-hidden, [hidden]')) return true;
        return false;
      };
      const faint = new Map<string, string>();
      const look = (element: Element): void => {
        for (const child of [...element.children, ...(element.shadowRoot?.children ?? [])]) look(child);
        const own = [...element.childNodes]
          .filter((node) => node.nodeType === Node.TEXT_NODE)
          .map((node) => node.textContent?.trim())
          .join(' ')
          .trim();
        const style = getComputedStyle(element);
        const isSeen = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
        if (own === '' || !isSeen || element.matches('style, script, svg, svg *') || isOff(element)) return;
        const ground = behind(element);
        const [r, g, b, a] = read(style.color);
        const shown = over([r, g, b, a * opacityOf(element)], ground);
        const [more, less] = [light(shown), light(ground)].sort((x, y) => y - x);
        const ratio = (more! + 0.05) / (less! + 0.05);
        if (ratio < least) faint.set(`${element.className} ${style.color}`, `${ratio.toFixed(2)} “${own}”`);
      };
      look(body);
      return [...faint].map(([what, how]) => `${how} (${what})`);
    },
    { variable: `--vscode-${ground}`, least: contrastMin },
  );
}

/** What hangs over the page's edge, or is cut where it neither scrolls nor says so by an ellipsis. */
export function cutThings(page: FrameLocator): Promise<readonly string[]> {
  return page.locator('body').evaluate((body) => {
    const { clientWidth } = document.documentElement;
    const scrolls = (element: Element): boolean => {
      for (let at: Element | null = element.parentElement; at && at !== body; at = at.parentElement)
        if (['auto', 'scroll'].includes(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth)
          return true;
      return false;
    };
    return [...body.querySelectorAll('*')]
      .filter((element) => !element.closest('.visually-hidden, svg, .uplot, .canvas, [hidden]'))
      .filter((element) => element.checkVisibility())
      .filter((element) => {
        const { left, right, width } = element.getBoundingClientRect();
        return width > 0 && (right > clientWidth + 1 || left < -1) && !scrolls(element);
      })
      .map((element) => `${element.tagName}.${element.className}: ${element.textContent?.slice(0, 40)}`);
  });
}

/**
 * Goes through the page by Tab from its first focusable thing on, and names what shows no ring when it has the focus.
 * `stepsMax` bounds the way.
 */
export async function ringless(
  page: FrameLocator,
  keyboard: Keyboard,
  stepsMax = 12,
): Promise<readonly string[]> {
  const missing = new Set<string>();
  const body = page.locator('body');
  await page.locator('button, [tabindex="0"], select, vscode-button').first().focus();
  for (let step = 0; step < stepsMax; step += 1) {
    await keyboard.press('Tab');
    const found = await body.evaluate(() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      if (!at || at === document.body) return undefined;
      const pen = document.createElement('span');
      pen.style.color = 'var(--vscode-focusBorder)';
      document.body.append(pen);
      const wanted = getComputedStyle(pen).color;
      pen.remove();
      // A component draws its ring on its host or on any part around what has the focus.
      const root = at.getRootNode();
      const host = root instanceof ShadowRoot ? root.host : at;
      const parts: Element[] = [at];
      for (let one = at.parentElement; one; one = one.parentElement) if (root !== document) parts.push(one);
      const hasRing = [...parts, host].some((one) => {
        const { outlineStyle, outlineWidth, outlineColor, boxShadow, borderColor } = getComputedStyle(one);
        const isOutlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
        return (
          (isOutlined && outlineColor !== 'transparent') || boxShadow !== 'none' || borderColor === wanted
        );
      });
      return hasRing ? undefined : `${host.tagName}.${host.className}`;
    });
    if (found !== undefined) missing.add(found);
  }
  return [...missing];
}

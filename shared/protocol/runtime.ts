// The few things of the platform that pure code needs and that Node, browsers and webviews all have, typed here
// because this room knows neither Node nor the DOM.

/** What an `AbortSignal` can do, as far as clients of the protocol use it. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

interface Platform {
  setTimeout(callback: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
  TextDecoder: new (label: string) => { decode(bytes: Uint8Array): string };
}
const platform = globalThis as unknown as Platform;

/** Calls back once after `ms`; the returned function calls it off. */
export function startTimer(ms: number, callback: () => void): () => void {
  const handle = platform.setTimeout(callback, ms);
  return () => platform.clearTimeout(handle);
}

/** Reads bytes as UTF-8; what is not UTF-8 becomes U+FFFD and fails as JSON later. */
export function decodeUtf8(bytes: Uint8Array): string {
  return new platform.TextDecoder('utf-8').decode(bytes);
}

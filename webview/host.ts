// The only door between a page and the extension: messages out, messages in, and the page's small memory that
// survives being hidden. Nothing else in webview/ may call acquireVsCodeApi, reach the network or the disk.

interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): EditorApi;

export interface Host<Out, In, Memory> {
  post(message: Out): void;
  onMessage(listener: (message: In) => void): void;
  /** What was last remembered; undefined the first time, and where it is not of this shape any more. */
  recall(isMemory: (value: unknown) => value is Memory): Memory | undefined;
  remember(memory: Memory): void;
}

/** Opens the door. May be called once a page; the editor refuses a second time. */
export function openHost<Out, In, Memory>(): Host<Out, In, Memory> {
  const editor = acquireVsCodeApi();
  return {
    post: (message) => editor.postMessage(message),
    onMessage: (listener) => {
      window.addEventListener('message', (event: MessageEvent<In>) => listener(event.data));
    },
    recall: (isMemory) => {
      const kept = editor.getState();
      return isMemory(kept) ? kept : undefined;
    },
    remember: (memory) => editor.setState(memory),
  };
}

// The chat panel's place in the editor: a view that can stand in the side bar or the panel. It passes messages
// between the page and the controller, and nothing else; a message that is not one of ours is dropped.

import * as vscode from 'vscode';
import { parseFromChat, type ToChat } from '../../shared/panel/chat.ts';
import { openPage } from '../panels/page.ts';
import type { ChatController } from './controller.ts';

export const chatViewId = 'pilothouse.chat';

export interface ChatView extends vscode.Disposable {
  /** Where nobody listens it is dropped: a page that opens asks for everything. */
  post(message: ToChat): void;
  /** Shows the panel; `text` is put into the input. */
  show(text?: string): Promise<void>;
}

export function registerChatView(
  extensionUri: vscode.Uri,
  controller: () => Pick<ChatController, 'receive'>,
  onProblem: (error: unknown) => void,
): ChatView {
  let view: vscode.WebviewView | undefined;
  let waitingText: string | undefined;
  const post = (message: ToChat) => void view?.webview.postMessage(message);
  const receive = async (value: unknown) => {
    const message = parseFromChat(value);
    if (!message) return;
    await controller().receive(message);
    if (message.type !== 'ready' || waitingText === undefined) return;
    post({ type: 'compose', text: waitingText });
    waitingText = undefined;
  };
  const provider: vscode.WebviewViewProvider = {
    resolveWebviewView: (resolved) => {
      view = resolved;
      resolved.webview.onDidReceiveMessage((value) => receive(value).catch(onProblem));
      resolved.onDidDispose(() => {
        view = undefined;
      });
      openPage(resolved.webview, extensionUri, 'chat', 'Pilothouse Chat');
    },
  };
  const registration = vscode.window.registerWebviewViewProvider(chatViewId, provider);
  return {
    post,
    show: async (text) => {
      if (view?.visible) {
        view.show(false);
        if (text !== undefined) post({ type: 'compose', text });
        return;
      }
      waitingText = text ?? '';
      await vscode.commands.executeCommand(`${chatViewId}.focus`);
    },
    dispose: () => registration.dispose(),
  };
}

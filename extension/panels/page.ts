// Fills a webview with one of our pages: what it may load, where from, and its frame.

import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { pageHtml } from './pageHtml.ts';

/** `name` is that of the folder in webview/. */
export function openPage(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  name: string,
  title: string,
): void {
  const folder = vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
  const at = (file: string) => webview.asWebviewUri(vscode.Uri.joinPath(folder, file)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  const files = {
    script: at(`${name}.js`),
    styles: [at('codicon.css'), at(`${name}.css`)],
    source: webview.cspSource,
    title,
  };
  webview.html = pageHtml(files, randomBytes(16).toString('base64'));
}

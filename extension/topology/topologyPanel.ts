// The topology panel in the editor's area: a page that draws, and this side that reads the graph for it, follows live
// changes and hands pictures to the save dialog. It can change nothing in a cloud.

import * as vscode from 'vscode';
import { problemOf } from '../../shared/model/problem.ts';
import { type FromTopology, parseFromTopology, type ToTopology } from '../../shared/panel/topology.ts';
import type { DaemonLink } from '../daemon/link.ts';
import { openPage } from '../panels/page.ts';
import { type ConnectionStore, placeOf } from '../state/connections.ts';
import { nameOf, type ResourceStore, type ResourcesChange } from '../state/resources.ts';
import { createTopologyView } from './view.ts';

/** Changes within this time are read and drawn together. */
const gatherMs = 400;

export interface TopologyPanel extends vscode.Disposable {
  /** Shows what is around some resources. */
  show(ids: readonly string[]): Promise<void>;
  /** Shows what a plan would hit. */
  showPlan(plan: { readonly id: string; readonly title: string }): Promise<void>;
  /** Shows what losing some resources would hit. */
  showLoss(ids: readonly string[]): Promise<void>;
}

export interface TopologyPorts {
  readonly extensionUri: vscode.Uri;
  readonly daemon: Pick<DaemonLink, 'request'>;
  readonly resources: ResourceStore;
  readonly connections: Pick<ConnectionStore, 'list'>;
  openDetails(id: string): Promise<void>;
  reveal(id: string): Promise<boolean>;
}

export function createTopologyPanel(ports: TopologyPorts): TopologyPanel {
  const { daemon, resources } = ports;
  const view = createTopologyView(
    daemon,
    (id) => nameOf(resources, id),
    (connection) => placeOf(ports.connections, connection),
  );
  let panel: vscode.WebviewPanel | undefined;
  let timer: NodeJS.Timeout | undefined;
  let wanted: () => Promise<ToTopology> = view.refresh;
  let isReady = false;
  const post = (message: ToTopology) => void panel?.webview.postMessage(message);

  /** The last that was wanted wins; what fails is said on the page. */
  let turn = 0;
  async function draw(read: () => Promise<ToTopology>): Promise<void> {
    wanted = read;
    if (!isReady) return;
    const mine = ++turn;
    try {
      const message = await read();
      wanted = view.refresh;
      if (mine === turn) post(message);
      if (panel && message.type === 'graph') panel.title = `Topology: ${message.title}`;
    } catch (error) {
      const { message, fix } = problemOf(error);
      if (mine === turn) post({ type: 'problem', problem: { message, ...(fix && { fix }) } });
    }
  }

  async function receive(message: FromTopology): Promise<void> {
    switch (message.type) {
      case 'ready':
        isReady = true;
        return draw(wanted);
      case 'refresh':
        return draw(view.refresh);
      case 'center':
        return draw(() => view.center([message.id]));
      case 'expand':
        return draw(() => view.expand(message.id));
      case 'depth':
        return draw(() => view.setDepth(message.depth));
      case 'details':
        return ports.openDetails(message.id);
      case 'reveal':
        if (!(await ports.reveal(message.id))) await ports.openDetails(message.id);
        return;
      case 'export':
        return save(message);
    }
  }

  /** Something may hang elsewhere now: only then everything is read again. */
  function follow(change: ResourcesChange): void {
    if (!panel || !isReady || !view.touches(change)) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      void draw(view.refresh);
    }, gatherMs);
  }

  function open(): void {
    panel = vscode.window.createWebviewPanel('pilothouse.topology', 'Topology', vscode.ViewColumn.Active, {
      retainContextWhenHidden: true,
    });
    const icon = (theme: string) => vscode.Uri.joinPath(ports.extensionUri, 'media', `wheel-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    panel.webview.onDidReceiveMessage(async (value: unknown) => {
      const message = parseFromTopology(value);
      try {
        if (message) await receive(message);
      } catch (error) {
        const { message: text, fix } = problemOf(error);
        post({ type: 'problem', problem: { message: text, ...(fix && { fix }) } });
      }
    });
    panel.onDidDispose(() => {
      panel = undefined;
      isReady = false;
      clearTimeout(timer);
      timer = undefined;
    });
    openPage(panel.webview, ports.extensionUri, 'topology', 'Pilothouse Topology');
  }

  async function show(read: () => Promise<ToTopology>): Promise<void> {
    if (panel) panel.reveal();
    else open();
    await draw(read);
  }
  const stop = resources.onDidChange(follow);
  return {
    show: (ids) => show(() => view.center(ids)),
    showPlan: ({ id, title }) => show(() => view.blast({ title: `Blast radius of “${title}”`, plan: id })),
    showLoss: (ids) =>
      show(() =>
        view.blast({ title: `If ${ids.map((id) => nameOf(resources, id)).join(', ')} went away`, ids }),
      ),
    dispose: () => {
      stop();
      clearTimeout(timer);
      panel?.dispose();
    },
  };
}

async function save({ format, data }: Extract<FromTopology, { type: 'export' }>): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `topology.${format}`;
  const target = await vscode.window.showSaveDialog({
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
    filters: { [format.toUpperCase()]: [format] },
    saveLabel: 'Save picture',
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, Buffer.from(data, format === 'png' ? 'base64' : 'utf8'));
  void vscode.window.showInformationMessage(
    `The topology was saved as ${vscode.workspace.asRelativePath(target)}.`,
  );
}

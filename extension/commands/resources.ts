// What a person does with the tree itself and with one resource beside the catalogue's operations: filter, details,
// copy the id, ask about it.

import * as vscode from 'vscode';
import type { ResourceStore } from '../state/resources.ts';
import type { ResourceTree } from '../views/resourceTree.ts';
import type { TreeNode } from '../views/treeModel.ts';
import { itemsOfResources } from './askArguments.ts';
import { registerCommand } from './problems.ts';

export interface ResourcePorts {
  readonly resources: ResourceStore;
  readonly tree: ResourceTree;
  openDetails(id: string): Promise<void>;
  compose(text: string): Promise<void>;
}

export function registerResourceCommands(ports: ResourcePorts): readonly vscode.Disposable[] {
  const { resources, tree } = ports;
  const idsOf = (node?: TreeNode, nodes?: readonly TreeNode[]) =>
    (nodes ?? (node ? [node] : tree.view.selection)).flatMap((item) =>
      item.kind === 'resource' ? [item.id] : [],
    );
  return [
    registerCommand('pilothouse.resource.filter', () => askFilter(tree)),
    registerCommand('pilothouse.resource.clearFilter', () => tree.filter('')),
    registerCommand('pilothouse.resource.details', async (node?: TreeNode) => {
      const [id] = idsOf(node);
      if (id) await ports.openDetails(id);
    }),
    registerCommand('pilothouse.resource.copyId', async (node?: TreeNode, nodes?: readonly TreeNode[]) => {
      const ids = idsOf(node, nodes);
      const text = ids.length > 0 ? ids.join('\n') : await pickId(resources);
      if (text) await vscode.env.clipboard.writeText(text);
    }),
    registerCommand('pilothouse.resource.askAbout', async (node?: TreeNode) => {
      const [id] = idsOf(node);
      const name = id && resources.get(id)?.name;
      if (name) await ports.compose(`${name} `);
    }),
  ];
}

/** The tree follows while it is typed. Escape brings back what was there before. */
async function askFilter(tree: ResourceTree): Promise<void> {
  const before = tree.filterText;
  const box = vscode.window.createInputBox();
  box.title = 'Filter resources';
  box.placeholder = 'Words of a name, id, status, address, flavor or tag';
  box.value = before;
  await vscode.commands.executeCommand('pilothouse.resources.focus');
  let isAccepted = false;
  box.onDidChangeValue((text) => tree.filter(text));
  box.onDidAccept(() => {
    isAccepted = true;
    box.hide();
  });
  box.onDidHide(() => {
    if (!isAccepted) tree.filter(before);
    box.dispose();
  });
  box.show();
}

async function pickId(resources: ResourceStore): Promise<string | undefined> {
  const items = itemsOfResources(resources.all());
  return (
    await vscode.window.showQuickPick(items, { placeHolder: 'Copy the id of…', matchOnDescription: true })
  )?.resource.id;
}

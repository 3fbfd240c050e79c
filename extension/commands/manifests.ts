// Opens resources as YAML, compares them with the server, and makes plans of what was edited. Saving is not writing: it
// keeps the edit and shows the plan; only the person's yes to that writes, through the one dialog. What somebody changed
// meanwhile, or what belongs to somebody else, is said and asked about, and the edit is never lost.

import * as vscode from 'vscode';
import type { Plan } from '../../shared/model/plan.ts';
import { ProblemError } from '../../shared/model/problem.ts';
import type { DaemonLink } from '../daemon/link.ts';
import { resourceAt } from '../documents/manifestAddress.ts';
import type { Draft } from '../documents/manifestDrafts.ts';
import type { ManifestFiles } from '../documents/manifestFiles.ts';
import type { ManifestProblems } from '../documents/manifestProblems.ts';
import type { CatalogueStore } from '../state/catalogue.ts';
import type { ConnectionStore } from '../state/connections.ts';
import type { PlanStore } from '../state/plans.ts';
import { nameOf, type ResourceStore } from '../state/resources.ts';
import type { TreeNode } from '../views/treeModel.ts';
import { itemsOfResources } from './askArguments.ts';
import { proposeManifests, requireRight, type Wanted } from './manifestPlans.ts';
import { registerCommand, showProblem } from './problems.ts';

export interface ManifestPorts {
  readonly daemon: Pick<DaemonLink, 'request'>;
  readonly catalogue: CatalogueStore;
  readonly connections: ConnectionStore;
  readonly resources: ResourceStore;
  readonly plans: PlanStore;
  readonly files: ManifestFiles;
  readonly problems: ManifestProblems;
  showPlan(plan: Plan): Promise<void>;
  review(plan: Plan): Promise<void>;
  /** What is on the server now, beside what is edited. */
  compare(id: string, edited: vscode.Uri, name: string): Promise<void>;
}

export function registerManifestCommands(ports: ManifestPorts): readonly vscode.Disposable[] {
  const { files, resources } = ports;
  const applying = new Map<string, { readonly id: string; readonly text: string }>();
  const isPlanning = new Set<string>();
  /** Saved by a command that makes the plan itself. */
  const saving = new Set<string>();
  const plan = async (id: string): Promise<void> => {
    if (isPlanning.has(id)) return;
    isPlanning.add(id);
    try {
      await planEdit(id, ports, (made, text) => applying.set(made.id, { id, text }));
    } finally {
      isPlanning.delete(id);
    }
  };
  const here = (uri?: vscode.Uri) => {
    const at = uri ?? vscode.window.activeTextEditor?.document.uri;
    const id = at && resourceAt(at);
    if (id !== undefined) return id;
    throw new ProblemError({
      code: 'bad-input',
      message: 'This editor does not show a resource as YAML.',
      fix: 'Choose “Open as YAML” in the menu of a resource first.',
    });
  };
  return [
    registerCommand('pilothouse.manifest.open', async (node?: TreeNode) => {
      const id = node?.kind === 'resource' ? node.id : await pickResource(ports);
      if (id !== undefined) await open(id, ports);
    }),
    registerCommand('pilothouse.manifest.compare', (uri?: vscode.Uri) => {
      const id = here(uri);
      return ports.compare(id, files.uriOf(id), nameOf(resources, id));
    }),
    registerCommand('pilothouse.manifest.apply', async (uri?: vscode.Uri) => {
      const id = here(uri);
      const document = documentOf(id);
      saving.add(id);
      try {
        if (document?.isDirty && !(await document.save())) return;
      } finally {
        saving.delete(id);
      }
      await plan(id);
    }),
    registerCommand('pilothouse.manifest.discard', (uri?: vscode.Uri) => discard(here(uri), ports)),
    registerCommand('pilothouse.manifest.applyFile', () => applyFile(ports)),
    ...planOnSave(plan, saving),
    settleWhenDone(ports, applying),
  ];
}

function documentOf(id: string): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(({ uri }) => resourceAt(uri) === id);
}

async function open(id: string, ports: ManifestPorts): Promise<void> {
  const { files, resources } = ports;
  const isTouched = documentOf(id)?.isDirty || (await files.require(id)).text !== undefined;
  if (!isTouched) await files.renew(id);
  const document = await vscode.workspace.openTextDocument(files.uriOf(id));
  await vscode.window.showTextDocument(document, { preview: false });
  if (!files.isEdited(id)) return;
  const { atMs } = await files.require(id);
  const said = `This is your edit of ${new Date(atMs).toLocaleString('sv-SE')}: it is not on the server.`;
  void offer(said, 'info', {
    'Compare With Server': () => ports.compare(id, files.uriOf(id), nameOf(resources, id)),
    'Discard Edit': () => discard(id, ports),
  });
}

/** Makes a plan of what was saved; says what stands against it, and loses nothing. */
async function planEdit(
  id: string,
  ports: ManifestPorts,
  onPlan: (plan: Plan, text: string) => void,
): Promise<void> {
  const { files, resources } = ports;
  const name = nameOf(resources, id);
  const draft = await files.require(id);
  if (draft.text === undefined) {
    void vscode.window.showInformationMessage(`${name} is as it was opened: there is nothing to apply.`);
    return;
  }
  const [object] = await requireRight(files.uriOf(id), draft.text, { id, base: draft.base }, ports);
  const ready = await settledWithServer(id, draft, ports);
  if (!ready) return;
  const wanted: Wanted = { title: object!.title, text: ready.text!, version: ready.version };
  const made = await proposeManifests([wanted], connectionOf(id), ports);
  if (!made) return;
  onPlan(made, ready.text!);
  await ports.showPlan(made);
  await ports.review(made);
}

/** The draft where nobody changed the object since it was opened; else the person decides. */
async function settledWithServer(id: string, draft: Draft, ports: ManifestPorts): Promise<Draft | undefined> {
  const { daemon, files, resources } = ports;
  const name = nameOf(resources, id);
  const { version } = await daemon.request('manifest/read', { id });
  if (version === draft.version) return draft;
  const compare = 'Compare With Server';
  const goOn = 'Plan With My Edit…';
  const pressed = await vscode.window.showWarningMessage(
    `${name} was changed on the server since you opened it. Your edit is kept.`,
    {
      modal: true,
      detail: `“${compare}” shows what is different. “${goOn}” shows a plan that puts your edit in the place of what is there now, with every field that it would change; nothing is written before you say yes to it.`,
    },
    compare,
    goOn,
  );
  if (pressed === compare) await ports.compare(id, files.uriOf(id), name);
  return pressed === goOn ? files.renew(id, { keep: true }) : undefined;
}

async function discard(id: string, { files, resources }: ManifestPorts): Promise<void> {
  const document = documentOf(id);
  const isTouched = document?.isDirty || (await files.require(id)).text !== undefined;
  const button = 'Discard Edit';
  const question = `Discard your edit of ${nameOf(resources, id)}? What is on the server is shown instead.`;
  if (isTouched && (await vscode.window.showWarningMessage(question, { modal: true }, button)) !== button)
    return;
  if (document?.isDirty) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await files.renew(id);
}

/** A save by hand makes a plan; one that the editor does by itself only keeps the edit. */
function planOnSave(
  plan: (id: string) => Promise<void>,
  saving: ReadonlySet<string>,
): readonly vscode.Disposable[] {
  const byItself = new Set<string>();
  return [
    vscode.workspace.onWillSaveTextDocument(({ document: { uri }, reason }) => {
      if (resourceAt(uri) === undefined) return;
      if (reason === vscode.TextDocumentSaveReason.Manual) byItself.delete(uri.toString());
      else byItself.add(uri.toString());
    }),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      const id = resourceAt(uri);
      if (id === undefined || byItself.delete(uri.toString()) || saving.has(id)) return;
      plan(id).catch(showProblem);
    }),
  ];
}

/** When the plan of an edit is done, the server has it: what is shown is read anew. Else the edit waits on. */
function settleWhenDone(
  { plans, files }: ManifestPorts,
  applying: Map<string, { readonly id: string; readonly text: string }>,
): vscode.Disposable {
  const stop = plans.onDidChange((changed) => {
    for (const plan of changed ? [changed] : plans.list()) {
      const edit = applying.get(plan.id);
      if (!edit || plan.state !== 'done') continue;
      applying.delete(plan.id);
      void files
        .require(edit.id)
        .then(({ text }) => files.renew(edit.id, { keep: text !== edit.text }))
        .catch(showProblem);
    }
  });
  return { dispose: stop };
}

async function applyFile(ports: ManifestPorts): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document || document.getText().trim() === '') {
    void vscode.window.showInformationMessage('Open the manifest in an editor, then apply it from there.');
    return;
  }
  if (resourceAt(document.uri) !== undefined)
    return void (await vscode.commands.executeCommand('pilothouse.manifest.apply', document.uri));
  const connection = await pickConnection(ports.connections);
  if (connection === undefined) return;
  const objects = await requireRight(document.uri, document.getText(), { connection }, ports);
  const made = await proposeManifests(objects, connection, ports);
  if (!made) return;
  await ports.showPlan(made);
  await ports.review(made);
}

async function pickConnection(connections: ConnectionStore): Promise<string | undefined> {
  const able = connections.list().filter(({ manifests }) => manifests);
  if (able.length === 0) {
    void vscode.window.showInformationMessage('Pilothouse: no connection takes manifests.');
    return undefined;
  }
  if (able.length === 1) return able[0]!.id;
  const items = able.map(({ id, name, environment, mode }) => ({
    label: name,
    description: [environment, mode === 'read-only' ? 'read-only' : ''].filter(Boolean).join(' · '),
    id,
  }));
  const asked = { title: 'Apply this file', placeHolder: 'In which connection?' };
  return (await vscode.window.showQuickPick(items, asked))?.id;
}

async function pickResource({ connections, resources }: ManifestPorts): Promise<string | undefined> {
  const fitting = [...resources.all()].filter(({ connection, kind }) =>
    connections.get(connection)?.manifests?.includes(kind),
  );
  if (fitting.length === 0) {
    void vscode.window.showInformationMessage('Pilothouse: there is nothing that can be opened as YAML.');
    return undefined;
  }
  const asked = { placeHolder: 'Open which as YAML?', matchOnDescription: true };
  return (await vscode.window.showQuickPick(itemsOfResources(fitting), asked))?.resource.id;
}

function connectionOf(id: string): string {
  return id.slice(0, id.indexOf(':'));
}

async function offer(
  message: string,
  kind: 'info' | 'warning',
  doings: Readonly<Record<string, () => Promise<void>>>,
): Promise<void> {
  const show = kind === 'info' ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  const pressed = await show(message, ...Object.keys(doings));
  try {
    if (pressed) await doings[pressed]!();
  } catch (error) {
    void showProblem(error);
  }
}

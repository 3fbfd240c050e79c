// Manifests as files of the editor: reading one reads the server, saving one keeps the edit here and writes nothing to
// any cloud. What becomes of a saved edit is decided by `commands/manifests.ts`. A file that is shown and not edited
// follows the server.

import * as vscode from 'vscode';
import { problemOf } from '../../shared/model/problem.ts';
import type { DaemonLink } from '../daemon/link.ts';
import type { ResourceStore } from '../state/resources.ts';
import { manifestAddressOf, manifestScheme, resourceAt } from './manifestAddress.ts';
import type { Draft, Drafts } from './manifestDrafts.ts';

const gatherMs = 500;

export interface ManifestFiles extends vscode.Disposable {
  uriOf(id: string): vscode.Uri;
  /** What was opened and edited; reads the server where nothing was. Throws ProblemError. */
  require(id: string): Promise<Draft>;
  /**
   * Begins anew with what is on the server. `keep` goes on with the text as it was edited, on top of that.
   * Throws ProblemError.
   */
  renew(id: string, options?: { readonly keep?: boolean }): Promise<Draft>;
  /** Whether a saved edit waits that is not on the server. */
  isEdited(id: string): boolean;
}

export interface ManifestFilePorts {
  readonly daemon: Pick<DaemonLink, 'request'>;
  readonly resources: Pick<ResourceStore, 'onDidChange'>;
  readonly drafts: Drafts;
}

export function registerManifestFiles({ daemon, resources, drafts }: ManifestFilePorts): ManifestFiles {
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const decorated = new vscode.EventEmitter<vscode.Uri>();
  const uriOf = (id: string) => vscode.Uri.from(manifestAddressOf(id));
  const documentOf = (id: string) =>
    vscode.workspace.textDocuments.find(({ uri }) => resourceAt(uri) === id && uri.scheme === manifestScheme);

  const put = async (draft: Draft): Promise<Draft> => {
    await drafts.put(draft);
    decorated.fire(uriOf(draft.id));
    return draft;
  };
  const renew: ManifestFiles['renew'] = async (id, { keep = false } = {}) => {
    const { text: base, version } = await daemon.request('manifest/read', { id });
    const before = await drafts.get(id);
    const text = keep ? before?.text : undefined;
    // What is being typed stays the newest: its editor must not think that the file changed under it.
    const isSame = before && (before.text ?? before.base) === (text ?? base);
    const atMs = before && (isSame || documentOf(id)?.isDirty) ? before.atMs : Date.now();
    const draft = await put({ id, base, version, atMs, ...(text === undefined ? {} : { text }) });
    if (!isSame) changed.fire([{ type: vscode.FileChangeType.Changed, uri: uriOf(id) }]);
    return draft;
  };
  const require = async (id: string) => (await drafts.get(id)) ?? renew(id);
  const at = async (uri: vscode.Uri): Promise<Draft> => {
    const id = resourceAt(uri);
    if (id === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    try {
      return await require(id);
    } catch (error) {
      const { message, fix } = problemOf(error);
      throw vscode.FileSystemError.Unavailable(`${message}${fix ? ` ${fix}` : ''}`);
    }
  };

  const provider: vscode.FileSystemProvider = {
    onDidChangeFile: changed.event,
    watch: () => ({ dispose: () => undefined }),
    stat: async (uri) => {
      const { text, base, atMs } = await at(uri);
      return { type: vscode.FileType.File, ctime: 0, mtime: atMs, size: Buffer.byteLength(text ?? base) };
    },
    readFile: async (uri) => {
      const { text, base } = await at(uri);
      return Buffer.from(text ?? base);
    },
    writeFile: async (uri, content) => {
      const { text: _before, ...draft } = await at(uri);
      const text = Buffer.from(content).toString('utf8');
      await put({ ...draft, atMs: Date.now(), ...(text === draft.base ? {} : { text }) });
    },
    readDirectory: refused,
    createDirectory: refused,
    delete: refused,
    rename: refused,
  };
  const registrations = [
    vscode.workspace.registerFileSystemProvider(manifestScheme, provider, { isCaseSensitive: true }),
    vscode.window.registerFileDecorationProvider({
      onDidChangeFileDecorations: decorated.event,
      provideFileDecoration: (uri) => {
        const id = resourceAt(uri);
        if (id === undefined || !drafts.isEdited(id)) return undefined;
        const color = new vscode.ThemeColor('gitDecoration.modifiedResourceForeground');
        return new vscode.FileDecoration('E', 'Edited here, not on the server', color);
      },
    }),
    followServer(resources, async (id) => {
      const draft = await drafts.get(id);
      if (draft && draft.text === undefined && !documentOf(id)?.isDirty) await renew(id);
    }),
    changed,
    decorated,
  ];
  return {
    uriOf,
    require,
    renew,
    isEdited: drafts.isEdited,
    dispose: () => {
      for (const registration of registrations) registration.dispose();
    },
  };
}

function refused(uri: vscode.Uri): never {
  throw vscode.FileSystemError.NoPermissions(uri);
}

/** Calls back for files that are open when their resource looks different. */
function followServer(
  resources: Pick<ResourceStore, 'onDidChange'>,
  look: (id: string) => Promise<void>,
): vscode.Disposable {
  let timer: NodeJS.Timeout | undefined;
  const stop = resources.onDidChange((change) => {
    if (timer) return;
    const ids = vscode.workspace.textDocuments.flatMap(({ uri }) => resourceAt(uri) ?? []);
    const touched = ids.filter((id) => change.kind === 'all' || change.changed.includes(id));
    if (touched.length === 0) return;
    timer = setTimeout(() => {
      timer = undefined;
      // Where the server does not answer, what is shown stays; whoever asks for it is told.
      for (const id of touched) void look(id).catch(() => undefined);
    }, gatherMs);
  });
  return {
    dispose: () => {
      stop();
      clearTimeout(timer);
    },
  };
}

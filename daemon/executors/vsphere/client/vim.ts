// A logged-in client of one vCenter or ESXi host: calls, properties of managed objects, and tasks followed to their end.
// It logs in when it must, anew when the server forgot the session, and logs out at the end. It knows nothing of
// resources or operations and never decides to write by itself.

import { ProblemError } from '../../../../shared/model/problem.ts';
import type { Limits } from '../../../config.ts';
import { pause } from '../../kit/pause.ts';
import { createRedactor } from '../../kit/redact.ts';
import type { Vcenter } from '../config/vcenter.ts';
import { child, children, type Ref, refOf, textAt, type XmlNode } from './node.ts';
import { type Circumstances, FaultError, faultOfTask } from './problems.ts';
import { createSoap, type Soap, type SoapRequest } from './soap.ts';
import { element, refElement, typed, type Xml } from './xml.ts';

/** Properties of one managed object, by their path; what the server did not tell is absent. */
export interface ObjectProperties {
  readonly ref: Ref;
  readonly properties: ReadonlyMap<string, XmlNode>;
}

export interface VimSession {
  readonly cookie: string | undefined;
  /** Managers by their name in the ServiceContent: `propertyCollector`, `rootFolder`… */
  readonly managers: ReadonlyMap<string, Ref>;
  /** "VMware vCenter Server 7.0.3 build-123". */
  readonly product: string;
  readonly apiVersion: string;
  readonly isVcenter: boolean;
  /** Tells one server from another, whatever their names. */
  readonly instance: string | undefined;
  /** User as the server names it. */
  readonly user: string;
  /** Key of the session, by which the server is asked about privileges. */
  readonly key: string | undefined;
}

export interface Vim {
  session(signal: AbortSignal): Promise<VimSession>;
  /** A manager of the server. Throws ProblemError `unsupported` where it has none. */
  manager(name: string, signal: AbortSignal): Promise<Ref>;
  call(request: VimRequest): Promise<XmlNode | undefined>;
  /** Properties of single objects; one that is gone is left out. */
  fetch(
    refs: readonly Ref[],
    paths: readonly string[],
    signal: AbortSignal,
  ): Promise<readonly ObjectProperties[]>;
  /** Starts a task and follows it to its end: its result. Throws the fault it ended with. */
  run(
    request: Omit<VimRequest, 'isRead'>,
    onProgress: (fraction: number) => void,
  ): Promise<XmlNode | undefined>;
  /** Tells the server goodbye, in the background. */
  dispose(): Promise<void>;
}

export type VimRequest = Omit<SoapRequest, 'cookie'> & {
  /** What is tried, to go after "to" in an error. */
  readonly what: string;
};

export interface VimOptions {
  readonly load: () => Promise<Vcenter>;
  readonly limits: Limits;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly pollFirstMs: number;
  readonly pollMs: number;
}

const service: Ref = { type: 'ServiceInstance', value: 'ServiceInstance' };

interface Open {
  readonly vcenter: Vcenter;
  readonly soap: Soap;
  readonly session: VimSession;
}

export function createVim(options: VimOptions): Vim {
  const redactor = createRedactor();
  const ended = new AbortController();
  let opening: Promise<Open> | undefined;

  const open = (): Promise<Open> => {
    opening ??= login(options, redactor.learn, redactor.redact, ended.signal);
    opening.catch(() => (opening = undefined));
    return opening;
  };
  const send = async (request: VimRequest): Promise<XmlNode | undefined> => {
    for (let logins = 0; ; logins++) {
      const { vcenter, soap, session } = await unlessAborted(open(), request.signal);
      const at: Circumstances = { vcenter, what: request.what, redact: redactor.redact };
      try {
        return (await soap.send({ ...request, cookie: session.cookie }, at)).response;
      } catch (error) {
        // The server refuses before it does anything, so that a write may be sent again, too.
        const isForgotten = error instanceof FaultError && error.fault.type === 'NotAuthenticated';
        if (!isForgotten || logins > 0) throw error;
        soap.dispose();
        opening = undefined;
      }
    }
  };
  const vim: Vim = {
    session: async (signal) => (await unlessAborted(open(), signal)).session,
    manager: async (name, signal) => {
      const { session, vcenter } = await unlessAborted(open(), signal);
      const ref = session.managers.get(name);
      if (ref) return ref;
      throw new ProblemError({
        code: 'unsupported',
        message: `${vcenter.name} (${session.product}) has no ${name}.`,
        fix: session.isVcenter
          ? 'Its licence may not have it.'
          : 'A single ESXi host lacks it; ask a vCenter.',
      });
    },
    call: send,
    fetch: (refs, paths, signal) => fetchProperties(vim, refs, paths, signal),
    run: (request, onProgress) => runTask(vim, request, options, onProgress, () => open(), redactor.redact),
    dispose: async () => {
      const last = await opening?.catch(() => undefined);
      opening = undefined;
      if (last) await logout(last, redactor.redact);
      ended.abort();
      last?.soap.dispose();
    },
  };
  return vim;
}

async function login(
  options: VimOptions,
  learn: (secret: string) => void,
  redact: (text: string) => string,
  signal: AbortSignal,
): Promise<Open> {
  const vcenter = await options.load();
  learn(vcenter.password);
  const soap = createSoap(vcenter, options.limits, options.env);
  try {
    const at = { vcenter, what: 'log in', redact };
    const about = await soap.send(
      { method: 'RetrieveServiceContent', self: service, isRead: true, signal },
      at,
    );
    const content = child(about.response, 'returnval');
    const managers = managersOf(content);
    const sessions = managers.get('sessionManager') ?? { type: 'SessionManager', value: 'SessionManager' };
    const credentials = [element('userName', vcenter.user), element('password', vcenter.password)];
    const answer = await soap.send(
      {
        method: 'Login',
        self: sessions,
        content: credentials,
        isRead: true,
        cookie: about.cookie,
        signal,
      },
      at,
    );
    const session: VimSession = {
      cookie: answer.cookie ?? about.cookie,
      managers,
      product: textAt(content, 'about', 'fullName') ?? 'vSphere',
      apiVersion: textAt(content, 'about', 'apiVersion') ?? '6.0',
      isVcenter: textAt(content, 'about', 'apiType') === 'VirtualCenter',
      instance: textAt(content, 'about', 'instanceUuid'),
      user: textAt(answer.response, 'returnval', 'userName') ?? vcenter.user,
      key: textAt(answer.response, 'returnval', 'key'),
    };
    return { vcenter, soap, session };
  } catch (error) {
    soap.dispose();
    throw error;
  }
}

async function logout({ vcenter, soap, session }: Open, redact: (text: string) => string): Promise<void> {
  const self = session.managers.get('sessionManager');
  if (!self) return;
  const request = { method: 'Logout', self, isRead: true, cookie: session.cookie };
  // Nobody waits long for a goodbye: the server forgets an idle session by itself.
  await soap
    .send({ ...request, signal: AbortSignal.timeout(1_000) }, { vcenter, what: 'log out', redact })
    .catch(() => undefined);
}

function managersOf(content: XmlNode | undefined): ReadonlyMap<string, Ref> {
  const managers = new Map<string, Ref>();
  if (content === undefined || typeof content === 'string') return managers;
  for (const name of Object.keys(content)) {
    const ref = refOf(child(content, name));
    if (ref) managers.set(name, ref);
  }
  return managers;
}

async function fetchProperties(
  vim: Vim,
  refs: readonly Ref[],
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly ObjectProperties[]> {
  if (refs.length === 0) return [];
  const self = await vim.manager('propertyCollector', signal);
  const types = [...new Set(refs.map((ref) => ref.type))];
  const spec = element('specSet', [
    ...types.map((type) => propertySpec(type, paths)),
    ...refs.map((ref) => element('objectSet', [refElement('obj', ref)])),
  ]);
  try {
    return await readPages(vim, self, spec, 'read properties', signal);
  } catch (error) {
    // One object that is gone fails the whole; then they are read one by one.
    if (!isGone(error)) throw error;
    if (refs.length === 1) return [];
    const each = await Promise.all(refs.map((ref) => fetchProperties(vim, [ref], paths, signal)));
    return each.flat();
  }
}

/** All pages of what a filter spec selects. */
export async function readPages(
  vim: Vim,
  self: Ref,
  spec: Xml,
  what: string,
  signal: AbortSignal,
): Promise<readonly ObjectProperties[]> {
  const read = { self, isRead: true, signal, what };
  const found: ObjectProperties[] = [];
  const options = element('options', [element('maxObjects', pageObjects)]);
  let page = await vim.call({ ...read, method: 'RetrievePropertiesEx', content: [spec, options] });
  for (;;) {
    const result = child(page, 'returnval');
    found.push(...children(result, 'objects').map(objectOf));
    const token = textAt(result, 'token');
    if (!token) return found;
    const content = [element('token', token)];
    page = await vim.call({ ...read, method: 'ContinueRetrievePropertiesEx', content });
  }
}

const pageObjects = 500;

function objectOf(node: XmlNode): ObjectProperties {
  const properties = new Map<string, XmlNode>();
  for (const set of children(node, 'propSet')) {
    const value = child(set, 'val');
    const name = textAt(set, 'name');
    if (name !== undefined && value !== undefined) properties.set(name, value);
  }
  return { ref: refOf(child(node, 'obj'))!, properties };
}

/** `propSet` of a filter spec: these properties of this type. */
export function propertySpec(type: string, paths: readonly string[]): Xml {
  return element('propSet', [
    element('type', type),
    element('all', false),
    ...paths.map((path) => element('pathSet', path)),
  ]);
}

/** `objectSet` of a filter spec: everything in a view. */
export function viewSpec(view: Ref): Xml {
  const traverse = typed('selectSet', 'TraversalSpec', [
    element('name', 'view'),
    element('type', 'ContainerView'),
    element('path', 'view'),
    element('skip', false),
  ]);
  return element('objectSet', [refElement('obj', view), element('skip', true), traverse]);
}

/** Whether an error says that the object is not there. */
export function isGone(error: unknown): boolean {
  return error instanceof FaultError && error.fault.type === 'ManagedObjectNotFound';
}

async function runTask(
  vim: Vim,
  request: Omit<VimRequest, 'isRead'>,
  rhythm: Pick<VimOptions, 'pollFirstMs' | 'pollMs'>,
  onProgress: (fraction: number) => void,
  open: () => Promise<Open>,
  redact: (text: string) => string,
): Promise<XmlNode | undefined> {
  const task = refOf(child(await vim.call({ ...request, isRead: false }), 'returnval'));
  if (!task) return undefined;
  for (let ms = rhythm.pollFirstMs / 4; ; ms = Math.min(ms * 1.5, rhythm.pollMs)) {
    const [seen] = await vim.fetch([task], ['info'], request.signal);
    const info = seen?.properties.get('info');
    const state = textAt(info, 'state');
    if (state === 'success') return child(info, 'result');
    if (state === 'error') {
      const { vcenter } = await open();
      throw new FaultError(faultOfTask(child(info, 'error') ?? ''), { vcenter, what: request.what, redact });
    }
    // A task that the server has forgotten is over; what became of it is read from the thing itself.
    if (!seen) return undefined;
    const percent = Number(textAt(info, 'progress') ?? Number.NaN);
    if (Number.isFinite(percent)) onProgress(percent / 100);
    await pause(ms, request.signal);
  }
}

/** The login is shared by many requests, so that no single one of them may cancel it. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(new DOMException('The request was cancelled.', 'AbortError'));
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(new DOMException('The request was cancelled.', 'AbortError'));
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

// A small OpenStack client of the labs' own: sign in, find a service in the catalog, send one request. Tests
// prepare and inspect the cloud with it, so that what they find does not depend on the executor they test. It
// never retries a write. Called by this folder and by tests of the OpenStack executor.

export type ServiceType = 'identity' | 'compute' | 'volumev3' | 'network' | 'image';

export type ApiResponse = {
  readonly status: number;
  /** The parsed body; undefined where there is none or it is not JSON. */
  readonly body: unknown;
};

export type SignIn = {
  readonly authUrl: string;
  readonly user: string;
  readonly password: string;
  readonly project: string;
};

/** One signed-in user in one project. */
export type OpenstackSession = {
  readonly projectId: string;
  readonly userId: string;
  /** Sends a request to a service; `path` starts behind the address of the catalog. */
  readonly request: (
    service: ServiceType,
    method: string,
    path: string,
    body?: unknown,
  ) => Promise<ApiResponse>;
  /** `request` that fails on anything but 2xx; for a GET and what has to succeed. */
  readonly require: <Body>(
    service: ServiceType,
    method: string,
    path: string,
    body?: unknown,
  ) => Promise<Body>;
};

const requestTimeoutMs = 30_000;
/** The microversion of Nova in release Zed. */
const computeVersion = '2.93';

type TokenBody = {
  readonly token: {
    readonly project: { readonly id: string };
    readonly user: { readonly id: string };
    readonly catalog: readonly {
      readonly type: string;
      readonly endpoints: readonly { readonly interface: string; readonly url: string }[];
    }[];
  };
};

/** Signs in with a password; fails with the status and message of Keystone. */
export async function signIn(account: SignIn): Promise<OpenstackSession> {
  const domain = { name: 'Default' };
  const response = await send(
    `${account.authUrl}/auth/tokens`,
    'POST',
    {},
    {
      auth: {
        identity: {
          methods: ['password'],
          password: { user: { name: account.user, domain, password: account.password } },
        },
        scope: { project: { name: account.project, domain } },
      },
    },
  );
  const token = response.headers.get('x-subject-token');
  const body = await parseBody(response);
  if (response.status !== 201 || token === null) {
    throw new Error(`sign-in as ${account.user}: ${response.status} ${JSON.stringify(body)}`);
  }
  const { project, user, catalog } = (body as TokenBody).token;
  const addresses = new Map<string, string>();
  for (const service of catalog) {
    const url = service.endpoints.find((endpoint) => endpoint.interface === 'public')?.url;
    if (url !== undefined) addresses.set(service.type, withVersion(service.type, url));
  }

  async function request(service: ServiceType, method: string, path: string, requestBody?: unknown) {
    const address = addresses.get(service);
    if (address === undefined) throw new Error(`the catalog has no ${service}`);
    const headers: Record<string, string> = { 'x-auth-token': token ?? '' };
    if (service === 'compute') headers['x-openstack-nova-api-version'] = computeVersion;
    const answer = await send(`${address}${path}`, method, headers, requestBody);
    return { status: answer.status, body: await parseBody(answer) };
  }

  return {
    projectId: project.id,
    userId: user.id,
    request,
    async require<Body>(service: ServiceType, method: string, path: string, requestBody?: unknown) {
      const answer = await request(service, method, path, requestBody);
      if (answer.status < 200 || answer.status > 299) {
        throw new Error(`${method} ${service}${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      }
      return answer.body as Body;
    },
  };
}

/** The catalog names Neutron and Glance without a version. */
function withVersion(type: string, url: string): string {
  const bare = url.replace(/\/$/, '');
  if (type === 'network') return `${bare}/v2.0`;
  if (type === 'image') return `${bare}/v2`;
  return bare;
}

async function send(url: string, method: string, headers: Record<string, string>, body?: unknown) {
  const options = {
    method,
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(requestTimeoutMs),
  };
  try {
    return await fetch(url, options);
  } catch (error) {
    // uwsgi closes idle connections without saying so; a read may simply be asked again.
    if (method !== 'GET' || (error as Error).name === 'TimeoutError') throw error;
    return fetch(url, { ...options, signal: AbortSignal.timeout(requestTimeoutMs) });
  }
}

async function parseBody(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

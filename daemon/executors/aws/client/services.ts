// The services of one connection: a client each, made when it is first used, with the connection's own credentials,
// region and address. Every request goes through one sender that keeps the budget of the account, repeats what may be
// repeated, bounds every wait, and speaks in Problems. It knows nothing of resources or operations.

import { ProblemError } from '../../../../shared/model/problem.ts';
import type { Limits } from '../../../config.ts';
import type { AccountSettings } from '../config/findAccounts.ts';
import type { AwsPlaces } from '../config/profiles.ts';
import type { sdk as door } from '../sdk.ts';
import { createCredentials } from './credentials.ts';
import type { RateBudget } from './rateBudget.ts';
import { type Ask, createSender } from './sender.ts';

type Door = typeof door;
type ServiceName = Exclude<keyof Door, 'credentials'>;
type SdkOf<Name extends ServiceName> = Awaited<ReturnType<Door[Name]>>;
type ClientOf<Name extends ServiceName> = InstanceType<SdkOf<Name>['Client']>;

/** What a request is made with: the commands of the service, and its `send`, which ends with the request's signal. */
export interface At<Name extends ServiceName> {
  readonly sdk: SdkOf<Name>;
  readonly send: ClientOf<Name>['send'];
}

export interface Service<Name extends ServiceName> {
  /** Reads; repeated where the answer was lost. */
  read<T>(ask: Ask, run: (at: At<Name>) => Promise<T>): Promise<T>;
  /** `read`, or undefined where the thing is not there. */
  find<T>(ask: Ask, run: (at: At<Name>) => Promise<T>): Promise<T | undefined>;
  /** Writes; repeated only where AWS certainly did not look at it. Throws UnsettledError where that is not known. */
  write<T>(ask: Ask, run: (at: At<Name>) => Promise<T>): Promise<T>;
}

export type Services = { readonly [Name in ServiceName]: Service<Name> } & {
  readonly account: () => Promise<AccountSettings>;
  readonly budget: () => RateBudget | undefined;
  /** Who acts and in which account: for sentences about missing rights, and for the budget all share who are in it. */
  knowWho(who: string, number: string | undefined): Promise<void>;
  dispose(): void;
};

export interface ServicesOptions {
  readonly load: () => Promise<AccountSettings>;
  readonly places: AwsPlaces;
  /** The budget of an account: by its number once that is known, by its profile before. */
  readonly budgetOf: (account: AccountSettings, number?: string) => RateBudget;
  readonly limits: Limits;
}

/** Name in the tools' own settings, and for people. */
const names: Readonly<Record<ServiceName, readonly [endpoint: string, shown: string]>> = {
  ec2: ['ec2', 'EC2'],
  rds: ['rds', 'RDS'],
  elb: ['elastic_load_balancing_v2', 'Elastic Load Balancing'],
  ecs: ['ecs', 'ECS'],
  scaling: ['auto_scaling', 'EC2 Auto Scaling'],
  lambda: ['lambda', 'Lambda'],
  watch: ['cloudwatch', 'CloudWatch'],
  sts: ['sts', 'STS'],
  trail: ['cloudtrail', 'CloudTrail'],
  pricing: ['pricing', 'the price list'],
};

interface Opened {
  readonly account: AccountSettings;
  readonly credentials: ReturnType<typeof createCredentials>;
}

/** Loaded once a process, when it is first needed. */
const loadDoor = (): Promise<Door> => import('../sdk.ts').then((module) => module.sdk);

export function createServices(options: ServicesOptions): Services {
  const { limits } = options;
  const clients: { destroy(): void }[] = [];
  let opened: Promise<Opened> | undefined;
  let budget: RateBudget | undefined;
  let who: string | undefined;
  const open = (): Promise<Opened> => {
    opened ??= options.load().then((account) => {
      budget = options.budgetOf(account);
      return { account, credentials: createCredentials(account, options.places) };
    });
    opened.catch(() => {
      opened = undefined;
    });
    return opened;
  };
  const sender = createSender({ limits, budget: () => budget });

  const service = <Name extends ServiceName>(name: Name): Service<Name> => {
    let made: Promise<{ readonly sdk: SdkOf<Name>; readonly client: ClientOf<Name> }> | undefined;
    const make = async () => {
      const { account, credentials } = await open();
      const sdk = (await (await loadDoor())[name]()) as SdkOf<Name>;
      const [endpointName] = names[name];
      const endpoint = account.endpoints[endpointName] ?? account.endpoints.all;
      const Client = sdk.Client as unknown as new (config: object) => ClientOf<Name>;
      const client = new Client({
        // The price list is told in a few regions only.
        region: name === 'pricing' ? 'us-east-1' : account.region,
        credentials,
        maxAttempts: 1,
        requestHandler: {
          connectionTimeout: limits.cloudIdleTimeoutMs,
          socketTimeout: limits.cloudIdleTimeoutMs,
        },
        ...(endpoint ? { endpoint } : {}),
      });
      clients.push(client as { destroy(): void });
      return { sdk, client };
    };
    const carry = async <T>(ask: Ask, isWrite: boolean, run: (at: At<Name>) => Promise<T>): Promise<T> => {
      const { account } = await open();
      made ??= make();
      made.catch(() => {
        made = undefined;
      });
      const { sdk, client } = await made;
      const circumstances = { account, service: names[name][1], what: ask.what, who };
      return sender.send(ask, isWrite, circumstances, (signal) => {
        const bare = client as unknown as { send(command: unknown, options: unknown): Promise<unknown> };
        const send = (command: unknown) => bare.send(command, { abortSignal: signal });
        return run({ sdk, send: send as ClientOf<Name>['send'] });
      });
    };
    return {
      read: (ask, run) => carry(ask, false, run),
      write: (ask, run) => carry(ask, true, run),
      find: async (ask, run) => {
        try {
          return await carry(ask, false, run);
        } catch (error) {
          if (error instanceof ProblemError && error.problem.code === 'cloud-not-found') return undefined;
          throw error;
        }
      },
    };
  };
  return {
    ec2: service('ec2'),
    rds: service('rds'),
    elb: service('elb'),
    ecs: service('ecs'),
    scaling: service('scaling'),
    lambda: service('lambda'),
    watch: service('watch'),
    sts: service('sts'),
    trail: service('trail'),
    pricing: service('pricing'),
    account: async () => (await open()).account,
    budget: () => budget,
    knowWho: async (name, number) => {
      who = name;
      budget = options.budgetOf((await open()).account, number);
    },
    dispose: () => {
      for (const client of clients) client.destroy();
    },
  };
}

/** All pages of a list: `fetchPage` gets the token of the page and gives the next. Bounded by `pagesMax`. */
export async function allPages<T>(
  pagesMax: number,
  fetchPage: (
    token: string | undefined,
  ) => Promise<{ readonly items: readonly T[]; readonly next: string | undefined }>,
): Promise<readonly T[]> {
  const all: T[] = [];
  let token: string | undefined;
  for (let page = 0; page < pagesMax; page++) {
    const { items, next } = await fetchPage(token);
    for (const item of items) all.push(item);
    if (!next || next === token) return all;
    token = next;
  }
  throw new ProblemError({
    code: 'cloud-invalid',
    message: `AWS gives more than ${pagesMax} pages of one list.`,
    fix: 'Nothing of it is shown, so that nothing is taken for gone. Use a profile with a smaller scope.',
  });
}

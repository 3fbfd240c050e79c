// Makes things in the lab and looks at them past everything that is tested: plain requests of EC2's and the other
// services' query interfaces, unsigned, since moto checks no signature. For suites that need a database, a balancer or
// a group of instances to be there, and for counting what a cloud really has.

const versions = {
  ec2: '2016-11-15',
  rds: '2014-10-31',
  elasticloadbalancing: '2015-12-01',
  autoscaling: '2011-01-01',
  monitoring: '2010-08-01',
} as const;

export interface AwsApi {
  /** Sends one action; gives the answer's XML. Throws where it is refused. */
  query(
    service: keyof typeof versions,
    action: string,
    params?: Readonly<Record<string, string | number>>,
  ): Promise<string>;
  /** Sends one action of ECS. */
  ecs<T>(action: string, body: object): Promise<T>;
  /** Instances that are not terminated: id, name and state. */
  instances(): Promise<readonly { readonly id: string; readonly name: string; readonly state: string }[]>;
  volumes(): Promise<readonly { readonly id: string; readonly name: string; readonly attachedTo: string }[]>;
}

export function createAwsApi(endpoint: string, region = 'eu-central-1'): AwsApi {
  const authorization = (service: string) =>
    `AWS4-HMAC-SHA256 Credential=testing/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const post = async (service: string, headers: Record<string, string>, body: string): Promise<string> => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { authorization: authorization(service), ...headers },
      body,
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    return text;
  };
  const api: AwsApi = {
    query: (service, action, params = {}) => {
      const form = new URLSearchParams({ Action: action, Version: versions[service] });
      for (const [key, value] of Object.entries(params)) form.set(key, String(value));
      return post(service, { 'content-type': 'application/x-www-form-urlencoded' }, String(form));
    },
    ecs: async (action, body) =>
      JSON.parse(
        await post(
          'ecs',
          {
            'content-type': 'application/x-amz-json-1.1',
            'x-amz-target': `AmazonEC2ContainerServiceV20141113.${action}`,
          },
          JSON.stringify(body),
        ),
      ),
    instances: async () =>
      itemsOf(await api.query('ec2', 'DescribeInstances'), 'instancesSet')
        .map((item) => ({
          id: textOf(item, 'instanceId'),
          name: nameIn(item),
          state: textOf(/<instanceState>[\s\S]*?<\/instanceState>/.exec(item)?.[0] ?? '', 'name'),
        }))
        .filter((one) => one.state !== 'terminated'),
    volumes: async () =>
      itemsOf(await api.query('ec2', 'DescribeVolumes'), 'volumeSet').map((item) => ({
        id: textOf(item, 'volumeId'),
        name: nameIn(item),
        attachedTo: textOf(item, 'instanceId'),
      })),
  };
  return api;
}

/** The items of every set of this name, each whole, whatever items it holds itself. */
function itemsOf(xml: string, set: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${set}>`, 'g'))].flatMap((match) =>
    wholeItems(xml.slice(match.index + match[0].length)),
  );
}

function wholeItems(xml: string): readonly string[] {
  const items: string[] = [];
  let depth = 0;
  let start = 0;
  for (const match of xml.matchAll(/<(\/?)([A-Za-z]+)(\/?)>/g)) {
    const [tag, close, name, empty] = match;
    if (close && depth === 0) break;
    if (name !== 'item' || empty) continue;
    if (!close && depth++ === 0) start = match.index;
    if (close && --depth === 0) items.push(xml.slice(start, match.index + tag.length));
  }
  return items;
}

export function textOf(xml: string, tag: string): string {
  return new RegExp(`<${tag}>\\s*([^<]*?)\\s*</${tag}>`).exec(xml)?.[1] ?? '';
}

function nameIn(item: string): string {
  return /<key>Name<\/key>\s*<value>([^<]*)<\/value>/.exec(item)?.[1] ?? '';
}

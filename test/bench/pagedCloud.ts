// A cloud of many servers and volumes for the bench of discovery, in a process of its own: Keystone, Nova and Cinder as
// far as lists go, by pages. Each page takes a fixed time, about what a well kept Nova needs for one. Prints its address.
// Run: node test/bench/pagedCloud.ts SERVERS VOLUMES MS-A-PAGE

import http from 'node:http';
import type { AddressInfo } from 'node:net';

const [servers = 0, volumes = 0, pageMs = 0] = process.argv.slice(2).map(Number);

const serverOf = (at: number): object => ({
  id: `5f0c${String(at).padStart(8, '0')}`,
  name: `web-${at}`,
  status: at % 9 === 0 ? 'SHUTOFF' : 'ACTIVE',
  'OS-EXT-STS:task_state': null,
  'OS-EXT-STS:vm_state': 'active',
  'OS-EXT-AZ:availability_zone': 'nova',
  'os-extended-volumes:volumes_attached':
    at < volumes ? [{ id: `7e0d${at}`, delete_on_termination: false }] : [],
  created: '2026-10-01T08:00:00Z',
  updated: '2026-11-01T08:00:00Z',
  metadata: { role: 'web', owner: `team-${at % 20}` },
  tags: ['env=prod'],
  flavor: {
    original_name: 'm1.small',
    vcpus: 1,
    ram: 2048,
    disk: 20,
    ephemeral: 0,
    swap: 0,
    extra_specs: {},
  },
  image: { id: 'image-1', links: [{ rel: 'bookmark', href: 'http://cloud/images/image-1' }] },
  addresses: {
    private: [
      {
        addr: `10.0.${at >> 8}.${at & 255}`,
        version: 4,
        'OS-EXT-IPS:type': 'fixed',
        'OS-EXT-IPS-MAC:mac_addr': 'fa:16:3e:00:00:01',
      },
    ],
  },
  security_groups: [{ name: 'default' }],
  key_name: 'ops',
  locked: false,
  description: null,
  links: [{ rel: 'self', href: `http://cloud/servers/${at}` }],
});
const volumeOf = (at: number): object => ({
  id: `7e0d${at}`,
  name: `data-${at}`,
  status: 'in-use',
  size: 50,
  created_at: '2026-10-01T08:00:00.000000',
  bootable: 'false',
  metadata: {},
  attachments: [{ server_id: `5f0c${String(at).padStart(8, '0')}`, device: '/dev/vdb' }],
  volume_type: 'fast',
  availability_zone: 'nova',
  links: [{ rel: 'self', href: `http://cloud/volumes/${at}` }],
});

/** A page of a list behind its marker, with the address of the next. */
function page(url: URL, key: string, all: number, make: (at: number) => object): object {
  const from = Number(url.searchParams.get('marker') ?? 0);
  const to = Math.min(all, from + Number(url.searchParams.get('limit') ?? 1_000));
  const next = new URL(url);
  next.searchParams.set('marker', String(to));
  const items = Array.from({ length: to - from }, (_, index) => make(from + index));
  return { [key]: items, ...(to < all && { [`${key}_links`]: [{ rel: 'next', href: next.href }] }) };
}

function bodyOf(url: URL): object {
  const { pathname } = url;
  if (pathname === '/v2.1/') return { version: { id: 'v2.1', version: '2.79', min_version: '2.1' } };
  if (pathname === '/v2.1/servers/detail') return page(url, 'servers', servers, serverOf);
  if (pathname === '/v3/p1/volumes/detail') return page(url, 'volumes', volumes, volumeOf);
  const list =
    pathname.split('/').at(-1) === 'detail' ? pathname.split('/').at(-2) : pathname.split('/').at(-1);
  return { [(list ?? '').replace('os-', '').replaceAll('-', '_')]: [] };
}

const server = http.createServer((request, response) => {
  const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
  request.resume().once('end', () => {
    if (url.pathname === '/v3/auth/tokens') {
      response.writeHead(201, { 'content-type': 'application/json', 'x-subject-token': 'bench' });
      return void response.end(JSON.stringify(token(url.origin)));
    }
    const body = JSON.stringify(bodyOf(url));
    setTimeout(
      () => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(body);
      },
      url.searchParams.has('limit') ? pageMs : 0,
    );
  });
});

function token(origin: string): object {
  const endpoint = (url: string) => [
    { interface: 'public', region: 'RegionOne', region_id: 'RegionOne', url },
  ];
  return {
    token: {
      user: { id: 'u1', name: 'ann', domain: { name: 'Default' } },
      project: { id: 'p1', name: 'demo', domain: { name: 'Default' } },
      roles: [{ name: 'member' }],
      catalog: [
        { type: 'compute', endpoints: endpoint(`${origin}/v2.1`) },
        { type: 'block-storage', endpoints: endpoint(`${origin}/v3/p1`) },
      ],
      issued_at: new Date().toISOString(),
      expires_at: new Date(Date.now() + 3_600_000).toISOString(),
    },
  };
}

server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

// The only way into the browser's VS Code of `npm start`. An editor runs commands as its user, so it must open for
// nobody else on the machine: VS Code itself listens on a socket in a private folder, and this gate listens on
// loopback and lets through only a browser that once came with the secret (`/?secret=…`, then a cookie). A name that
// is not loopback's is refused, so no web page can reach it by rebinding its own name. It never looks into what
// passes through.

import { createHash, timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import net from 'node:net';

const refusal = 'Open the address that `npm start` printed; it holds the secret that this page needs.\n';

/**
 * @param {{ socket: string, secret: string, port: number, home: string }} options `port`: the wanted one, another
 *   where that is taken; `home`: path and query to land on after the secret was seen
 * @returns {Promise<{ url: string, port: number, stop: () => void }>} `url` holds the secret
 */
export async function openGate(options) {
  const server = http.createServer();
  const port = await listen(server, options.port);
  const cookie = `pilothouse-${port}`;
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
  /** @type {Set<net.Socket>} */
  const tunnels = new Set();

  /** @param {http.IncomingMessage} request */
  const isIn = (request) =>
    hosts.has(request.headers.host ?? '') &&
    isSame(readCookie(request.headers.cookie, cookie), options.secret);

  server.on('request', (request, response) => {
    const url = new URL(request.url ?? '/', `http://127.0.0.1:${port}`);
    const given = url.searchParams.get('secret');
    if (hosts.has(request.headers.host ?? '') && given !== null && isSame(given, options.secret)) {
      const value = `${cookie}=${options.secret}; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000`;
      response
        .writeHead(302, { location: options.home, 'set-cookie': value, 'referrer-policy': 'no-referrer' })
        .end();
    } else if (isIn(request)) forward(request, response, options.socket, cookie);
    else response.writeHead(403, { 'content-type': 'text/plain' }).end(refusal);
  });
  server.on('upgrade', (request, socket, head) => {
    if (!isIn(request)) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const inner = tunnel(request, /** @type {net.Socket} */ (socket), head, options.socket, cookie);
    tunnels.add(inner);
    inner.on('close', () => tunnels.delete(inner));
  });
  return {
    url: `http://127.0.0.1:${port}/?secret=${options.secret}`,
    port,
    stop() {
      server.close();
      server.closeAllConnections();
      for (const inner of tunnels) inner.destroy();
    },
  };
}

/**
 * @param {http.IncomingMessage} request
 * @param {http.ServerResponse} response
 * @param {string} socketPath
 * @param {string} cookie
 */
function forward(request, response, socketPath, cookie) {
  const headers = withoutSecret(request.headers, cookie);
  const inner = http.request({ socketPath, method: request.method, path: request.url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  inner.on('error', () => {
    if (!response.headersSent) response.writeHead(502);
    response.end();
  });
  response.on('close', () => inner.destroy());
  request.pipe(inner);
}

/**
 * A WebSocket is two sockets joined, after the request's own head was passed on.
 * @param {http.IncomingMessage} request
 * @param {net.Socket} socket
 * @param {Buffer} head
 * @param {string} socketPath
 * @param {string} cookie
 */
function tunnel(request, socket, head, socketPath, cookie) {
  const inner = net.connect(socketPath);
  const headers = Object.entries(withoutSecret(request.headers, cookie))
    .flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}`))
    .join('\r\n');
  inner.write(`${request.method} ${request.url} HTTP/1.1\r\n${headers}\r\n\r\n`);
  inner.write(head);
  inner.pipe(socket).pipe(inner);
  for (const [end, other] of [
    [inner, socket],
    [socket, inner],
  ]) {
    end?.on('error', () => other?.destroy());
    end?.on('close', () => other?.destroy());
  }
  return inner;
}

/**
 * The secret is the gate's; what runs behind it has no use for it.
 * @param {http.IncomingHttpHeaders} headers
 * @param {string} cookie
 */
function withoutSecret(headers, cookie) {
  const kept = (headers.cookie ?? '')
    .split(/;\s*/)
    .filter((part) => part !== '' && !part.startsWith(`${cookie}=`));
  const { cookie: _, ...others } = headers;
  return kept.length > 0 ? { ...others, cookie: kept.join('; ') } : others;
}

/**
 * @param {string | undefined} header
 * @param {string} name
 */
function readCookie(header, name) {
  const part = (header ?? '').split(/;\s*/).find((pair) => pair.startsWith(`${name}=`));
  return part?.slice(name.length + 1) ?? '';
}

/**
 * Takes the same time wherever the difference is.
 * @param {string} given
 * @param {string} secret
 */
function isSame(given, secret) {
  const digest = (/** @type {string} */ text) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

/**
 * @param {http.Server} server
 * @param {number} wanted
 * @returns {Promise<number>}
 */
function listen(server, wanted) {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const isTaken = /** @type {NodeJS.ErrnoException} */ (error).code === 'EADDRINUSE';
      if (isTaken && wanted !== 0) listen(server, 0).then(resolve, reject);
      else reject(error);
    });
    server.listen(wanted, '127.0.0.1', () => resolve(/** @type {net.AddressInfo} */ (server.address()).port));
  });
}

// Bytes of a socket to text, the fast way. Used by both ends of the socket.

/** Pieces of a socket's chunks are Buffers already; lines put together from several are not. */
export function decodeBuffer(bytes: Uint8Array): string {
  const buffer = Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString('utf8');
}

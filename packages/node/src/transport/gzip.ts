/** Below this a body is sent as it is: gzip would save less than a network packet. 1 KiB. */
export const GZIP_FROM_BYTES = 1024;

/** Compresses in node's thread pool, so that the main thread goes on. */
export function gzip(body: Uint8Array): Promise<Uint8Array> {
  const zlib = process.getBuiltinModule("node:zlib");
  return new Promise((resolve, reject) => {
    zlib.gzip(body, (error, compressed) => (error ? reject(error) : resolve(compressed)));
  });
}

import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import { BrokenRule } from "./broken-rule.js";

const DECODERS: Record<string, (bytes: Uint8Array) => Uint8Array> = {
  gzip: gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
  identity: (bytes) => bytes,
};

/**
 * Decodes the content encodings that Relay accepts, except zstd, which Node 20 cannot decode.
 *
 * @throws BrokenRule for another encoding or invalid bytes
 */
export function decodeBody(bytes: Uint8Array, encoding: string | undefined): Uint8Array {
  const decode = DECODERS[encoding ?? "identity"];
  if (!decode) throw new BrokenRule("request", `must not be encoded as "${encoding}"`);
  try {
    return decode(bytes);
  } catch (error) {
    throw new BrokenRule("request", `must be ${encoding}: ${(error as Error).message}`);
  }
}

import type { Transform } from "node:stream";
import * as zlib from "node:zlib";

/** Node has zstd since 22.15 and 23.8; the types of Node 20 do not have it. */
const createZstd = (zlib as { createZstdDecompress?: () => Transform }).createZstdDecompress;

const DECODERS: Record<string, (() => Transform) | undefined> = {
  gzip: zlib.createGunzip,
  "x-gzip": zlib.createGunzip,
  deflate: zlib.createInflate,
  br: zlib.createBrotliDecompress,
  zstd: createZstd,
};

/** Values for a body without an encoding: Relay ignores an empty value, and the wrong `utf-8` of some clients. */
const PLAIN = new Set(["", "identity", "utf-8"]);

/** Creates the stream that decodes a Content-Encoding: `"plain"` for no encoding, `undefined` for an unknown one. */
export function createDecoder(encoding: string | undefined): Transform | "plain" | undefined {
  const name = (encoding ?? "").trim().toLowerCase();
  if (PLAIN.has(name)) return "plain";
  return Object.hasOwn(DECODERS, name) ? DECODERS[name]?.() : undefined;
}

function supportedEncodings(): string[] {
  return Object.keys(DECODERS).filter((name) => DECODERS[name] !== undefined && name !== "x-gzip");
}

/** Explains why a Content-Encoding cannot be decoded, and lists those that can. */
export function explainUnsupported(encoding: string | undefined): string {
  const why =
    encoding?.trim().toLowerCase() === "zstd"
      ? `zstd needs Node 22.15 or later, this is ${process.version}`
      : `"${encoding ?? ""}" is not a content encoding of the explorer`;
  return `${why}. Send one of ${supportedEncodings().join(", ")}, or no encoding.`;
}

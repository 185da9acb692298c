import type { Transform } from "node:stream";
import * as zlib from "node:zlib";

/** zstd came to Node in 22.15 and 23.8; the types of Node 20 do not know it. */
const createZstd = (zlib as { createZstdDecompress?: () => Transform }).createZstdDecompress;

const DECODERS: Record<string, (() => Transform) | undefined> = {
  gzip: zlib.createGunzip,
  "x-gzip": zlib.createGunzip,
  deflate: zlib.createInflate,
  br: zlib.createBrotliDecompress,
  zstd: createZstd,
};

/** Values that mean "as it is": Relay ignores an empty encoding and the misplaced `utf-8` of some clients. */
const PLAIN = new Set(["", "identity", "utf-8"]);

/** The stream that undoes a Content-Encoding; `"plain"` when there is nothing to undo, `undefined` when nobody here can. */
export function createDecoder(encoding: string | undefined): Transform | "plain" | undefined {
  const name = (encoding ?? "").trim().toLowerCase();
  if (PLAIN.has(name)) return "plain";
  return Object.hasOwn(DECODERS, name) ? DECODERS[name]?.() : undefined;
}

function supportedEncodings(): string[] {
  return Object.keys(DECODERS).filter((name) => DECODERS[name] !== undefined && name !== "x-gzip");
}

export function explainUnsupported(encoding: string | undefined): string {
  const why =
    encoding?.trim().toLowerCase() === "zstd"
      ? `zstd needs Node 22.15 or later, this is ${process.version}`
      : `"${encoding ?? ""}" is not a content encoding the explorer knows`;
  return `${why}. Send one of ${supportedEncodings().join(", ")}, or no encoding.`;
}

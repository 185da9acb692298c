import { Transform, Writable, type Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createDecoder, explainUnsupported } from "./content-decoder.js";
import { refuse, type Refusal } from "../refusal.js";

/** Limits for the size of a body. */
export interface BodyLimits {
  /** Bytes before decompression. */
  received: number;
  /** Bytes after decompression: the limit for a decompression bomb. */
  decoded: number;
}

/** The default limits. Relay accepts envelopes of up to 200 MiB; SDKs send much less than a tenth of that. */
export const DEFAULT_BODY_LIMITS: BodyLimits = {
  received: 20 * 1024 ** 2,
  decoded: 50 * 1024 ** 2,
};

/** The bytes of a body, or why it was refused. */
export type Body = { ok: true; bytes: Buffer } | Refusal;

class TooLarge extends Error {}

/** Reads a request body and decodes its Content-Encoding. Never buffers more than the limits allow. */
export async function readBody(
  source: Readable,
  encoding: string | undefined,
  limits: BodyLimits = DEFAULT_BODY_LIMITS,
): Promise<Body> {
  const decoder = createDecoder(encoding);
  if (decoder === undefined) return refuse(415, explainUnsupported(encoding));
  const chunks: Buffer[] = [];
  const received = countingPass(limits.received);
  const decoded = collector(chunks, limits.decoded);
  // `pipe`, not part of the pipeline: a failed pipeline would destroy the socket before the answer is sent.
  source.once("error", (error) => received.destroy(error));
  source.pipe(received);
  try {
    await (decoder === "plain"
      ? pipeline(received, decoded)
      : pipeline(received, decoder, decoded));
    return { ok: true, bytes: Buffer.concat(chunks) };
  } catch (error) {
    source.unpipe(received);
    if (error instanceof TooLarge) return refuse(413, error.message);
    const detail = error instanceof Error ? error.message : String(error);
    return refuse(400, `The body could not be read as ${encoding ?? "plain bytes"}: ${detail}`);
  }
}

function countingPass(limit: number): Transform {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > limit) done(new TooLarge(`The body is larger than ${limit} bytes`));
      else done(null, chunk);
    },
  });
}

function collector(chunks: Buffer[], limit: number): Writable {
  let size = 0;
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (size > limit)
        return done(new TooLarge(`Decompressed, the body is larger than ${limit} bytes`));
      chunks.push(chunk);
      done();
    },
  });
}

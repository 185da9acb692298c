import { dirname } from "node:path";
import { withTimeout } from "@spanmeter/core";
import type { Envelope, TransportFactory } from "@spanmeter/core";
import { builtin } from "../../runtime/builtin.js";
import { keepAliveWhile } from "../../runtime/keep-alive-while.js";
import { nodeRuntime } from "../../runtime/node-runtime.js";
import { envelopeLine } from "./envelope-line.js";
import { markLocal } from "./mark-local.js";

/** The most envelopes that are buffered for a slow disk. */
const MAX_BUFFERED = 64;

/**
 * Appends envelopes to a file, one JSON object a line, in the order of sending (NDJSON):
 *
 * `{"headers":{...},"items":[{"headers":{"type":"trace_metric",...},"payload":{...}}]}`
 *
 * A payload that is not JSON, such as an attachment, is written as `"base64":"..."` instead. A missing
 * folder is created; only the owner may read the file and the folder. The file is opened again for each
 * line, so it may be moved away at any time, and several processes may share it.
 *
 * A send whose line cannot be written rejects: its metrics are dropped as `network_error`.
 *
 * @example
 * init({ dsn, transport: fileTransport("logs/metrics.ndjson") });
 */
export function fileTransport(path: string): TransportFactory {
  return markLocal(() => {
    let buffered = 0;
    let lastWrite: Promise<unknown> = Promise.resolve();

    async function send(envelope: Envelope): Promise<{ statusCode: number }> {
      if (buffered >= MAX_BUFFERED)
        throw new Error(`${path} is too slow: ${MAX_BUFFERED} envelopes wait to be written.`);
      const line = envelopeLine(envelope);
      buffered += 1;
      const write = lastWrite.then(() => append(path, line));
      lastWrite = write.catch(() => {}).finally(() => (buffered -= 1));
      await write;
      return { statusCode: 200 };
    }

    function flush(timeoutMs?: number): Promise<boolean> {
      const written = lastWrite.then(() => true);
      return keepAliveWhile(withTimeout(written, timeoutMs || undefined, false, nodeRuntime));
    }

    return { send, flush };
  });
}

async function append(path: string, line: string): Promise<void> {
  const { appendFile, mkdir } = builtin("node:fs/promises");
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await appendFile(path, line, { mode: 0o600 });
}

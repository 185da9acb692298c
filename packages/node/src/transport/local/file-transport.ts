import { dirname } from "node:path";
import { withTimeout } from "@spanmeter/core";
import type { Transport, TransportFactory } from "@spanmeter/core";
import { whileHeldOpen } from "../../runtime/keep-alive.js";
import { envelopeLine } from "./envelope-line.js";
import { exit } from "../../runtime/node-runtime.js";
import { markLocal } from "./mark-local.js";
import { builtin } from "../../runtime/builtin.js";

type Envelope = Parameters<Transport["send"]>[0];

/** How many envelopes may wait for a slow disk. */
const MAX_WAITING = 64;

/**
 * Appends envelopes to a file, one JSON object a line, in the order of sending (NDJSON):
 *
 * `{"headers":{...},"items":[{"headers":{"type":"trace_metric",...},"payload":{...}}]}`
 *
 * A payload that is not JSON, such as an attachment, is kept as `"base64":"..."` instead. The folder is
 * made when it is missing; file and folder are readable by their owner alone. The file is opened anew
 * for each line, so it may be moved away at any time, and several processes may share it.
 *
 * A line that cannot be written rejects its send: its metrics count as `network_error`.
 *
 * @example
 * init({ dsn, transport: fileTransport("logs/metrics.ndjson") });
 */
export function fileTransport(path: string): TransportFactory {
  return markLocal(() => {
    let waiting = 0;
    let last: Promise<unknown> = Promise.resolve();

    async function write(envelope: Envelope): Promise<{ statusCode: number }> {
      if (waiting >= MAX_WAITING)
        throw new Error(`${path} is too slow: ${MAX_WAITING} envelopes wait to be written.`);
      const line = envelopeLine(envelope);
      waiting += 1;
      const turn = last.then(() => append(path, line));
      last = turn.catch(() => {}).finally(() => (waiting -= 1));
      await turn;
      return { statusCode: 200 };
    }

    return {
      send: (envelope) => write(envelope),
      flush: (timeoutMs) =>
        whileHeldOpen(
          withTimeout(
            last.then(() => true),
            timeoutMs || undefined,
            false,
            exit,
          ),
        ),
    };
  });
}

async function append(path: string, line: string): Promise<void> {
  const { appendFile, mkdir } = builtin("node:fs/promises");
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await appendFile(path, line, { mode: 0o600 });
}

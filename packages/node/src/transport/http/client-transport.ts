import type { Envelope, Transport, TransportResponse } from "@spanmeter/core";
import type { HttpTransportOptions } from "../../options/http-settings.js";
import { releasePayload } from "../../runtime/buffer-pool.js";
import { afterThisTurn } from "../../runtime/timers.js";
import { bodyOf } from "./body.js";
import { gzipMetrics } from "./gzip-metrics.js";
import { createSender } from "./sender.js";

/**
 * Sends as `httpTransport` does, for a client of this package. The client itself tracks its sends, reads
 * rate limits and flushes; and it does not read an envelope after its send has settled, so that the
 * memory of the envelope can be used again.
 *
 * `sendTimeout` returns how long the client waits for an answer, in milliseconds.
 */
export function clientTransport(
  options: HttpTransportOptions,
  sendTimeout: () => number,
): Transport {
  const sendBody = createSender(options, sendTimeout, gzipMetrics);

  async function send(envelope: Envelope): Promise<TransportResponse> {
    const body = bodyOf(envelope);
    try {
      return await sendBody(body);
    } finally {
      // The caller reads the envelope once more when its send has failed.
      afterThisTurn(() => releasePayload(body));
    }
  }

  async function flush(): Promise<boolean> {
    return true;
  }

  return { send, flush };
}

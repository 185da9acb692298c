import type { Pipeline } from "../contract/pipeline.js";
import type { Transport } from "../contract/transport.js";
import { createTakeMetrics } from "./take-metrics.js";

/**
 * A transport whose metrics leave through the pipeline instead; everything else passes. Its `flush` waits for
 * both.
 */
export function queueMetrics(transport: Transport, pipeline: Pipeline): Transport {
  const take = createTakeMetrics(pipeline);
  // Bound, as this may stand in the place of the transport's own methods.
  const send = transport.send.bind(transport);
  const flush = transport.flush.bind(transport);
  return {
    send(envelope) {
      const [headers, items] = envelope;
      const left = take(envelope);
      if (!left[0]) return Promise.resolve({});
      return send(left.length < items.length ? [headers, left] : envelope);
    },
    async flush(timeoutMs) {
      // Sentry's SDKs say 0 or nothing for "however long it takes".
      const isEmpty = await Promise.all([pipeline.flush(timeoutMs || undefined), flush(timeoutMs)]);
      return isEmpty.every(Boolean);
    },
  };
}

import type { PlatformRuntime } from "../contract/platform.js";
import { createRateLimits } from "./rate-limit-table.js";
import type {
  Envelope,
  Transport,
  TransportOptions,
  TransportResponse,
} from "../contract/transport.js";

/** The data categories of item types that are named otherwise; of two, either one holds an item back. */
const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  event: ["error"],
  trace_metric: ["trace_metric", "trace_metric_byte"],
  log: ["log_item", "log_byte"],
  check_in: ["monitor"],
  client_report: ["internal"],
  user_report: ["feedback"],
  replay_event: ["replay"],
  replay_recording: ["replay"],
  sessions: ["session"],
  statsd: ["metric_bucket"],
};

type Item = [headers: { type?: string; item_count?: number }, payload: unknown];

const categoriesOf = ([{ type = "" }]: Item): readonly string[] => CATEGORIES[type] ?? [type];

/**
 * Makes a transport what `Sentry.init({ transport })` expects: limited items are held back, losses
 * are reported through `recordDroppedEvent`, and payloads with cycles do not cost the envelope. A client of
 * ours keeps limits and counts by itself.
 */
export function withRateLimits<O extends TransportOptions>(
  make: (options: O) => Transport,
  clock: Pick<PlatformRuntime, "now" | "monotonicMs">,
): (options: O) => Transport {
  return (options) => {
    const transport = make(options);
    const limits = createRateLimits(clock);

    function lose(reason: string, items: readonly Item[]): void {
      for (const item of items)
        options.recordDroppedEvent(
          reason,
          categoriesOf(item)[0] as string,
          item[0].item_count ?? 1,
        );
    }

    async function send([headers, items]: Envelope): Promise<TransportResponse> {
      const allowed: Item[] = [];
      for (const item of items)
        if (limits.left(...categoriesOf(item)) > 0) lose("ratelimit_backoff", [item]);
        else allowed.push([item[0], withoutCycles(item[1])]);
      if (allowed.length === 0) return {};
      try {
        const response = (await transport.send([headers, allowed])) ?? {};
        limits.update(response);
        const { statusCode = 200 } = response;
        // After a 429 the server itself counts what it refused (docs/protocol.md#client-reports).
        if (statusCode >= 400 && statusCode !== 429) lose("send_error", allowed);
        return response;
      } catch (error) {
        lose("network_error", allowed);
        throw error;
      }
    }

    return { send, flush: (timeoutMs) => transport.flush(timeoutMs) };
  };
}

/** Events of other SDKs may hold cycles; the repeated part is left out rather than the envelope. */
function withoutCycles(payload: unknown): unknown {
  if (typeof payload === "string" || ArrayBuffer.isView(payload)) return payload;
  const above: unknown[] = [];
  return JSON.stringify(payload, function (this: unknown, _key, value: unknown) {
    while (above.length > 0 && above[above.length - 1] !== this) above.pop();
    if (typeof value === "bigint") return String(value);
    if (typeof value !== "object" || value === null) return value;
    if (above.includes(value)) return "[Circular]";
    above.push(value);
    return value;
  });
}

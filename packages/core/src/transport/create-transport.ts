import type { Envelope, TransportMakeRequestResponse } from "@sentry/core";
import { createRateLimits } from "../rate-limits.js";
import type { Undo } from "../platform.js";
import type { Transport, TransportOptions } from "../transport-contract.js";
import { within } from "../within.js";
import { serializeEnvelope } from "./serialize.js";

/** What a transport needs of its platform. */
export interface Exit {
  now(): number;
  encodeUtf8(text: string): Uint8Array;
  setTimer(fn: () => void, ms: number): Undo;
}

/** Sends one serialised envelope. Rejects when no answer came. */
export type Request = (body: Uint8Array) => PromiseLike<TransportMakeRequestResponse>;

/**
 * Item types whose data category has another name. The full table is Sentry's; these are the ones
 * that differ from the item type itself.
 */
const CATEGORIES: Readonly<Record<string, string>> = {
  event: "error",
  log: "log_item",
  check_in: "monitor",
  client_report: "internal",
  user_report: "feedback",
  replay_event: "replay",
  replay_recording: "replay",
  sessions: "session",
  profile_chunk: "profile",
  statsd: "metric_bucket",
};

const BYTES: Readonly<Record<string, string>> = {
  trace_metric: "trace_metric_byte",
  log: "log_byte",
};

/**
 * Makes a transport out of a request. Rate limits are kept for every kind of item, so that it is a
 * good citizen inside `Sentry.init({ transport })` as well.
 */
export function createTransport(
  options: TransportOptions,
  request: Request,
  exit: Exit,
): Transport {
  const limits = createRateLimits(() => exit.now());
  const underWay = new Set<Promise<unknown>>();

  /** The envelope without its limited items; the loss of those is told as Sentry's transports do. */
  function withoutLimited([headers, items]: Envelope): Envelope {
    const allowed = (items as [{ type: string; item_count?: number }, unknown][]).filter(
      ([item]) => {
        const category = CATEGORIES[item.type] ?? item.type;
        // Metrics and logs are billed by bytes: a limit on those holds them back as well.
        if (!limits.isLimited(category, BYTES[item.type] ?? category)) return true;
        options.recordDroppedEvent("ratelimit_backoff", category, item.item_count ?? 1);
        return false;
      },
    );
    return [headers, allowed] as unknown as Envelope;
  }

  async function send(envelope: Envelope): Promise<TransportMakeRequestResponse> {
    const allowed = withoutLimited(envelope);
    if (allowed[1].length === 0) return {};
    const response = await request(serializeEnvelope(allowed, (text) => exit.encodeUtf8(text)));
    limits.update(response);
    return response;
  }

  return {
    send(envelope) {
      const sending = send(envelope);
      const forget = (): void => void underWay.delete(settled);
      const settled: Promise<unknown> = sending.then(forget, forget);
      underWay.add(settled);
      return sending;
    },
    // Sentry's SDKs call this with 0 or nothing for "however long it takes".
    flush: (timeoutMs) =>
      within<boolean>(
        Promise.all(underWay).then(() => true),
        timeoutMs || undefined,
        false,
        (fn, ms) => exit.setTimer(fn, ms),
      ),
  };
}

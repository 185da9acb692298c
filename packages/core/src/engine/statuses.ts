/**
 * The meaning of an HTTP status for an envelope:
 *
 * - `accepted`: the server took it.
 * - `retry`: it was not taken now, and the same envelope may be taken later: no answer at all (0), a
 *   server that timed out reading (408), or a gateway or server that is not available (502, 503, 504).
 * - `rate-limited`: Sentry asked for a pause (429). It counts what it refused.
 * - `too-large`: this envelope is never taken, a part of it may be (413).
 * - `rejected`: the same envelope would be refused again. That includes 500 and 501: Relay answers so
 *   to an envelope that it cannot process.
 */
export type StatusClass = "accepted" | "retry" | "rate-limited" | "too-large" | "rejected";

const RETRY: readonly number[] = [0, 408, 502, 503, 504];

/**
 * Classifies a status; the only place that decides what may be sent again, while a client runs, at the
 * end of a process, and from a page's storage. A transport that knows no status (`undefined`) took the
 * envelope, as Sentry's offline transport does.
 */
export function classifyStatus(status: number | undefined = 200): StatusClass {
  if (status >= 200 && status < 300) return "accepted";
  if (RETRY.includes(status)) return "retry";
  if (status === 429) return "rate-limited";
  return status === 413 ? "too-large" : "rejected";
}

import { BROKEN_PLATFORM, clockStep, type Disturbance } from "../fakes/disturbances.js";
import type { Reply } from "./ingest-reply.js";

/** One fault of a server, the network or the client's platform. Times suit a client that waits 10 s. */
export interface Fault {
  /**
   * `down`: nothing listens. `unread`: the connection breaks before the request is read. `restart`: the
   * server restarts at the first request and works afterwards.
   */
  readonly at?: "down" | "unread" | "restart";
  /** The HTTP answer, if there is one. */
  readonly reply?: Reply;
  /** Bytes that are written instead of an HTTP answer. Then the connection ends. */
  readonly raw?: string;
  /** Replaces the end of the connection after `raw`. */
  readonly ending?: "reset" | "hang";
  /** `raw` has a complete status, so the client must not retry. */
  readonly isAnswered?: boolean;
  /** A fault of the client's platform. */
  readonly disturbance?: Disturbance;
  /** The time between two bytes of `raw`, in milliseconds. */
  readonly drip?: number;
  /** Whether the server counts the metrics. Default: only when it answers with 2xx. */
  readonly counts?: boolean;
  /** The server has TLS with an untrusted certificate. */
  readonly badCertificate?: boolean;
}

const OK = "HTTP/1.1 200 OK\r\n";
const status = (code: number): Fault => ({ reply: { status: code } });
const limited = (headers: Record<string, string>): Fault => ({ reply: { status: 429, headers } });
/** An answer with a complete status and a broken body. */
const broken = (headers: string, body: string, ending?: Fault["ending"]): Fault => ({
  raw: `${OK}${headers}\r\n\r\n${body}`,
  counts: true,
  isAnswered: true,
  ...(ending && { ending }),
});
const HOUR = 3_600_000;
const PAUSE = "1:trace_metric:organization";
const quota = (text: string): Fault => limited({ "x-sentry-rate-limits": text });

/** All faults by name. Metrics that are counted without a clean answer are ambiguous for the client. */
export const FAULTS: Readonly<Record<string, Fault>> = {
  none: {},
  refuse: { at: "down" },
  "reset before reading": { at: "unread" },
  "reset after reading, not counted": { reply: { fault: "reset" } },
  "reset after reading, counted": { reply: { fault: "reset" }, counts: true },
  "close after reading, counted": { reply: { fault: "close" }, counts: true },
  "hang, not counted": { reply: { fault: "hang" } },
  "hang, counted": { reply: { fault: "hang" }, counts: true },
  "slow drip": { raw: `${OK}content-length: 2\r\n\r\n{}`, drip: 500, counts: true },
  "half of the head": { raw: "HTTP/1.1 20", counts: true },
  "half response": broken("content-length: 2", "{"),
  "content-length too long": broken("content-length: 900", "{}"),
  "content-length too short": broken("content-length: 1", "{}{}"),
  "chunk without a length": broken("transfer-encoding: chunked", "zz\r\n{}\r\n0\r\n\r\n"),
  "chunks without an end": broken("transfer-encoding: chunked", "2\r\n{}\r\n"),
  "gzip that is none": broken("content-encoding: gzip\r\ncontent-length: 2", "{}"),
  "reset after the head": broken("content-length: 2", "", "reset"),
  "body that never ends": broken("content-length: 900", "{", "hang"),
  "200 after 9 s": { reply: { delay: 9000 } },
  "HTTP 400": status(400),
  "HTTP 401": status(401),
  "HTTP 403": status(403),
  "HTTP 404": status(404),
  "HTTP 408": status(408),
  "HTTP 413": status(413),
  "429 bare": status(429),
  "429 Retry-After in seconds": limited({ "retry-after": "1" }),
  "429 Retry-After as a date": limited({ "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" }),
  "429 Retry-After garbage": limited({ "retry-after": "soon" }),
  "429 trace_metric": quota("1:trace_metric:organization:quota:ns"),
  "429 trace_metric_byte": quota("1:trace_metric_byte:organization"),
  "429 fractions of a second": quota("0.2:trace_metric;trace_metric_byte:key"),
  "429 all categories": quota("1::organization"),
  "429 several quotas": quota("1:error:key, 2:transaction;trace_metric:key ,1:trace_metric:key"),
  "429 other categories": quota("1:error;something_new:organization"),
  "200 with a limit": { reply: { headers: { "x-sentry-rate-limits": "1:trace_metric:key" } } },
  "HTTP 500": status(500),
  "HTTP 502": status(502),
  "HTTP 503": status(503),
  "HTTP 504": status(504),
  "garbage headers": { raw: "\u0000\u0007 200 fine\r\n: :\r\n\r\n", counts: true },
  "redirect loop": { reply: { status: 302, headers: { location: "/api/1/envelope/" } } },
  "restart in the middle": { at: "restart", reply: { delay: 9000 }, counts: true },
  "TLS with a bad certificate": { badCertificate: true },
  "clock an hour forward in a pause": { ...quota(PAUSE), disturbance: clockStep(HOUR) },
  "clock an hour back in a pause": { ...quota(PAUSE), disturbance: clockStep(-HOUR) },
  "clock an hour forward in a send": { reply: { delay: 5000 }, disturbance: clockStep(HOUR) },
  "clock an hour back in a send": { reply: { delay: 5000 }, disturbance: clockStep(-HOUR) },
  ...Object.fromEntries(
    Object.entries(BROKEN_PLATFORM).map(([name, disturbance]) => [name, { disturbance }]),
  ),
};

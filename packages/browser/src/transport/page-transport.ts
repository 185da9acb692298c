import { byteLength, setDeadline } from "@spanmeter/core";
import type {
  Transport,
  TransportOptions,
  TransportResponse,
  TransportRuntime,
  Undo,
} from "@spanmeter/core";
import { outsideZones } from "../outside-zones.js";
import { withBudget } from "./budget.js";
import { nativeFetch } from "./native-fetch.js";

export interface PageTransportOptions extends TransportOptions {
  /**
   * More options of each request, e.g. `{ credentials: "include" }` for a tunnel with a login.
   *
   * @default {}
   */
  fetchOptions?: RequestInit;
  /**
   * How long one request may take, in milliseconds.
   *
   * @default 10 000
   */
  timeout?: number;
}

type AnswerHeaders = Required<TransportResponse>["headers"];

/** Sends a body, or answers at once that it is stored or dropped. */
export type Deliver = (body: string) => TransportResponse | Promise<TransportResponse>;

/** How long one try of a request may take, in milliseconds. */
export const timeoutOf = ({ timeout = 10_000 }: PageTransportOptions): number => timeout;

/**
 * The transport of clients on pages. The client itself waits for what is under way and keeps the rate
 * limits; `keepaliveTransport` is the one that does so on its own.
 */
export function pageTransport(deliver: Deliver): Transport {
  return {
    send: async ([headers, items]) =>
      deliver(
        // What a client on a page sends is text, or becomes JSON. Not a Blob: a page that ends takes its
        // bytes along before they are read.
        [headers, ...items.flat()]
          .map((part) => (typeof part === "string" ? part : JSON.stringify(part)))
          .join("\n"),
      ),
    flush: async () => true,
  };
}

/**
 * Sends a body with `fetch`, and with its `keepalive` flag while the browser has room for it, so that
 * the request outlives the page. Without `headers` it needs no CORS preflight: bytes carry no content
 * type and text is `text/plain`; Relay takes both for an envelope
 * (docs/protocol.md#endpoint-and-authentication). Resolves once the answer was read, at most a
 * second after its status is known; rejects when no answer came.
 */
export async function post(
  options: PageTransportOptions,
  body: string | Uint8Array,
  runtime: TransportRuntime,
): Promise<TransportResponse> {
  const request = (keepalive: boolean, signal?: AbortSignal): Promise<Response> =>
    outsideZones(async () =>
      nativeFetch()(options.url, {
        method: "POST",
        body: body as BodyInit,
        referrerPolicy: "strict-origin",
        headers: options.headers as HeadersInit,
        keepalive,
        signal: signal as AbortSignal,
        ...options.fetchOptions,
      }),
    );
  const response = await withBudget(
    // A `Blob` would cost the main thread milliseconds.
    typeof body === "string" ? byteLength(body, runtime.encodeUtf8) : body.length,
    (keepalive) => {
      const { signal, ...deadline } = createDeadline(timeoutOf(options), runtime);
      const answer = request(keepalive, signal).catch((error) => {
        // In jsdom it is not the one that node's `fetch` knows.
        if (/AbortSignal/.test(error)) return request(keepalive);
        throw error;
      });
      return { answer, ...deadline };
    },
    runtime,
  );
  return {
    // An opaque answer (`mode: "no-cors"`) tells no status.
    statusCode: response.status || 200,
    headers: headersOf(response),
  };
}

/**
 * Gives up a request that never ends, head or body, which would keep its share of the page's budget.
 * Not `AbortSignal.timeout`, which also aborts an answer that came in time while the page was busy.
 */
function createDeadline(
  ms: number,
  runtime: TransportRuntime,
): { signal: AbortSignal; onEnd: Undo; leftMs: () => number } {
  const startMs = runtime.monotonicMs();
  const controller = new AbortController();
  const reason = __DEV__ ? new Error(`The server did not answer within ${ms} ms.`) : undefined;
  const onEnd = setDeadline(() => controller.abort(reason), ms, runtime);
  const leftMs = (): number => startMs + ms - runtime.monotonicMs();
  return { signal: controller.signal, onEnd, leftMs };
}

/** Only those that are read: an answer may have many. */
function headersOf({ headers }: Response): AnswerHeaders {
  try {
    return {
      "x-sentry-rate-limits": headers.get("x-sentry-rate-limits"),
      "retry-after": headers.get("retry-after"),
      ...(__DEV__ && { "x-sentry-error": headers.get("x-sentry-error") }),
    };
  } catch {
    // What stands for `fetch` in a test may answer without.
    return {} as AnswerHeaders;
  }
}

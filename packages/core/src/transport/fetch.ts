import type { Transport, TransportOptions, TransportResponse } from "../contract/transport.js";
import { createTransport, type TransportRuntime } from "./create-transport.js";
import { withRateLimits } from "./with-rate-limits.js";

/** The parts of the platform's `fetch` that are used. */
export type Fetch = (
  url: string,
  init: { method: "POST"; body: Uint8Array; headers?: { [name: string]: string } },
) => Promise<FetchResponse>;

/** Mocks of `fetch` often answer with a status alone. */
interface FetchResponse {
  readonly status: number;
  readonly headers?: { get(name: string): string | null };
  text?(): Promise<string>;
}

export interface FetchTransportOptions extends TransportOptions {
  /** The platform's `fetch`, or one with behaviour of your own. */
  readonly fetch: Fetch;
  readonly runtime: TransportRuntime;
  /**
   * More members of fetch's init, e.g. `{ credentials: "include" }`.
   *
   * @default {}
   */
  readonly fetchOptions?: Readonly<Record<string, unknown>>;
}

/** Sends each envelope by one `fetch`; runs wherever there is one. */
export function fetchTransport(options: FetchTransportOptions): Transport {
  return withRateLimits(
    ({ url, headers, fetch, fetchOptions, runtime }: FetchTransportOptions) =>
      createTransport(async function post(body) {
        const init = {
          method: "POST",
          body,
          ...(headers && { headers }),
          ...fetchOptions,
        } as const;
        return readResponse(await fetch(url, init));
      }, runtime),
    options.runtime,
  )(options);
}

/**
 * The status and the two headers that matter. The body is only read so that the connection is free again:
 * nobody waits for it, and a body that breaks off changes nothing about what the status said.
 */
export function readResponse(response: FetchResponse): TransportResponse {
  (async () => response.text?.())().catch(() => {});
  return {
    statusCode: response.status,
    headers: {
      "x-sentry-rate-limits": response.headers?.get("x-sentry-rate-limits") ?? null,
      "retry-after": response.headers?.get("retry-after") ?? null,
    },
  };
}

import type { TransportMakeRequestResponse } from "@sentry/core";
import type { Transport, TransportOptions } from "../transport-contract.js";
import { createTransport, type Exit } from "./create-transport.js";

/** The parts of the platform's `fetch` that are used. */
export type Fetch = (
  url: string,
  init: { method: "POST"; body: Uint8Array; headers?: { [name: string]: string } },
) => Promise<{
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** Read to its end, so that the connection is free for the next request. */
  text(): Promise<string>;
}>;

export interface FetchTransportOptions extends TransportOptions {
  /** The platform's `fetch`, or one with behaviour of your own. */
  readonly fetch: Fetch;
  readonly exit: Exit;
  /** More members of fetch's init, e.g. `{ credentials: "include" }`. */
  readonly fetchOptions?: Readonly<Record<string, unknown>>;
}

/** Sends each envelope by one `fetch`; runs wherever there is one. */
export function fetchTransport(options: FetchTransportOptions): Transport {
  const { url, headers, fetch, fetchOptions } = options;
  return createTransport(
    options,
    async (body) =>
      readResponse(
        await fetch(url, { method: "POST", body, ...(headers && { headers }), ...fetchOptions }),
      ),
    options.exit,
  );
}

/** The status and the two headers that matter, with the body read so that the connection is free. */
export async function readResponse(
  response: Awaited<ReturnType<Fetch>>,
): Promise<TransportMakeRequestResponse> {
  await response.text();
  return {
    statusCode: response.status,
    headers: {
      "x-sentry-rate-limits": response.headers.get("x-sentry-rate-limits"),
      "retry-after": response.headers.get("retry-after"),
    },
  };
}

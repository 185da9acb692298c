import { randomTraceId, traceFromHeaders } from "@spanmeter/core";
import type { Trace } from "@spanmeter/core";
import { headerReader } from "./headers.js";
import type { HeadersLike } from "./headers.js";

/** The trace of the headers; a new one where they have none. */
export function traceOf(headers: HeadersLike): Trace {
  return traceFromHeaders(headerReader(headers)) ?? { traceId: newTraceId() };
}

function newTraceId(): string {
  try {
    return globalThis.crypto.randomUUID().replaceAll("-", "");
  } catch {
    // jsdom has no `crypto`.
    return randomTraceId(Math.random);
  }
}

import { randomTraceId, traceFromHeaders } from "@spanmeter/core";
import type { Trace } from "@spanmeter/core";
import { headerReader } from "./headers.js";
import type { HeadersLike } from "./headers.js";

/** The trace that the headers name, else a new one. */
export function traceOf(headers: HeadersLike): Trace {
  return traceFromHeaders(headerReader(headers)) ?? { traceId: newTraceId() };
}

function newTraceId(): string {
  try {
    return globalThis.crypto.randomUUID().replaceAll("-", "");
  } catch {
    // jsdom has no `crypto` of its own.
    return randomTraceId(Math.random);
  }
}

import type { Trace } from "@spanmeter/core";
import type { HeadersLike } from "../context/headers.js";
import { traceOf } from "../context/trace-of.js";
import { createAsyncStorage } from "./async-storage.js";
import type { AsyncStorage } from "./async-storage.js";

/** Shared by all copies of this package. */
const KEY: unique symbol = Symbol.for("spanmeter.traces");
const host = globalThis as { [KEY]?: AsyncStorage<Trace> };

/** Runs `fn` in the trace of the headers, in an edge runtime. Without a readable one, in a new trace. */
export function continueTrace<T>(headers: HeadersLike, fn: () => T): T {
  return (host[KEY] ??= createAsyncStorage()).run(traceOf(headers), fn);
}

/** The trace that `continueTrace` set. */
export function continuedTrace(): Trace | undefined {
  return host[KEY]?.getStore();
}

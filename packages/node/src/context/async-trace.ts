import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import type { EventEmitter } from "node:events";
import { traceFromHeaders } from "@spanmeter/core";
import type { Trace } from "@spanmeter/core";
import { headerReader } from "./headers.js";
import type { HeadersLike } from "./headers.js";

/**
 * One storage for all clients, and for the ESM and the CommonJS copy of this package: a request belongs
 * to one trace, whoever records. Made at its first use.
 */
const KEY: unique symbol = Symbol.for("spanmeter.traces");
const host = globalThis as { [KEY]?: AsyncLocalStorage<Trace> };
const traces = (): AsyncLocalStorage<Trace> => (host[KEY] ??= new AsyncLocalStorage());

/**
 * Runs `fn` in the trace that the headers name: `sentry-trace` first, then W3C `traceparent`. Without
 * a readable one, `fn` gets a trace of its own. The trace follows `await`, timers and callbacks.
 *
 * A Sentry SDK in the process comes first, active span or not: beside one, use its own
 * `Sentry.continueTrace`. So does an active OpenTelemetry span.
 *
 * @example
 * await continueTrace(message.headers, () => handle(message));
 */
export function continueTrace<T>(headers: HeadersLike, fn: () => T): T {
  return traces().run(traceOf(headers), fn);
}

/**
 * The same for everything that follows in the current execution, which has no function to wrap, and
 * for the events of `emitters`. From node 24 on, a request's `data` and `end` come without the context
 * its handler runs in, and with them all that a body parser calls. Other contexts stay as they are.
 */
export function enterTrace(headers: HeadersLike, emitters: readonly EventEmitter[]): void {
  const trace = traceOf(headers);
  const storage = traces();
  storage.enterWith(trace);
  for (const emitter of emitters) {
    const { emit } = emitter;
    emitter.emit = (...event) =>
      storage.getStore()
        ? emit.apply(emitter, event)
        : storage.run(trace, () => emit.apply(emitter, event));
  }
}

/** The trace that `continueTrace` or an incoming request put in place. */
export function asyncTrace(): Trace | undefined {
  return host[KEY]?.getStore();
}

function traceOf(headers: HeadersLike): Trace {
  return traceFromHeaders(headerReader(headers)) ?? { traceId: newTraceId() };
}

function newTraceId(): string {
  return randomUUID().replaceAll("-", "");
}

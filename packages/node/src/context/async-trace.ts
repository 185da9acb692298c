import { AsyncLocalStorage } from "node:async_hooks";
import type { EventEmitter } from "node:events";
import type { Trace } from "@spanmeter/core";
import type { HeadersLike } from "./headers.js";
import { traceOf } from "./trace-of.js";

/**
 * One storage for all clients, and for the ESM and the CommonJS copy of this package: a request belongs
 * to one trace, whichever client records. Created at its first use.
 */
const KEY: unique symbol = Symbol.for("spanmeter.traces");
const host = globalThis as { [KEY]?: AsyncLocalStorage<Trace> };
// Reading the global object takes every call 8 ns.
let known: AsyncLocalStorage<Trace> | undefined;
const traces = (): AsyncLocalStorage<Trace> => (known ??= host[KEY] ??= new AsyncLocalStorage());

/**
 * Runs `fn` in the trace of the headers: `sentry-trace`, or else W3C `traceparent`. Without a readable
 * one, `fn` runs in a new trace. The trace follows `await`, timers and callbacks.
 *
 * A Sentry SDK in the process takes precedence, with or without an active span: beside one, use
 * `Sentry.continueTrace`. An active OpenTelemetry span takes precedence too.
 *
 * @param headers An object, `IncomingMessage.headers`, a `Headers` or a `Map`.
 * @returns The result of `fn`.
 * @throws Whatever `fn` throws, and nothing else.
 *
 * @example
 * await continueTrace(message.headers, () => handle(message));
 */
export function continueTrace<T>(headers: HeadersLike, fn: () => T): T {
  return traces().run(traceOf(headers), fn);
}

/**
 * Continues the trace of the headers for the rest of the current execution, which has no function to
 * wrap, and for the events of `emitters`. Since node 24, `data` and `end` of a request are emitted
 * without the context of its handler, so a body parser and its callbacks would lose the trace. Events
 * that already have a trace do not change.
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

/** The trace that `continueTrace` or an incoming request set. */
export function asyncTrace(): Trace | undefined {
  return traces().getStore();
}

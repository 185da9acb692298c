import type { Trace } from "../contract/metric.js";

/** `trace-span[-sampled]` (docs/protocol.md#trace-headers). */
const SENTRY_TRACE = /^[ \t]*([0-9a-f]{32})-([0-9a-f]{16})(?:-[01])?[ \t]*$/i;
/** W3C Trace Context: `version-trace-span-flags`; only versions after 00, never ff, may add fields. */
const TRACEPARENT =
  /^[ \t]*(?!ff|00-.{52}-)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?[ \t]*$/;

const NO_ID = /^0+$/;

/** Reads a `sentry-trace` header or meta tag; `undefined` when it is absent or malformed. */
export function parseSentryTrace(header: string | null | undefined): Trace | undefined {
  return read(SENTRY_TRACE, header);
}

/** Reads a W3C `traceparent` header or meta tag; `undefined` when it is absent or malformed. */
export function parseTraceparent(header: string | null | undefined): Trace | undefined {
  return read(TRACEPARENT, header);
}

/** The trace that incoming headers continue: `sentry-trace` first, `traceparent` second. */
export function traceFromHeaders(
  get: (name: string) => string | null | undefined,
): Trace | undefined {
  return parseSentryTrace(get("sentry-trace")) ?? parseTraceparent(get("traceparent"));
}

function read(grammar: RegExp, header: string | null | undefined): Trace | undefined {
  const [, trace, span] = grammar.exec(header ?? "") ?? [];
  if (!trace || !span || NO_ID.test(trace) || NO_ID.test(span)) return undefined;
  return { traceId: trace.toLowerCase(), spanId: span.toLowerCase() };
}

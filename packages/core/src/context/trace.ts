import type { Trace } from "../metric.js";

/** What a source may answer. */
export interface Answer {
  readonly traceId: string | undefined;
  readonly spanId?: string | undefined;
}

/** Ids as Relay takes them. An all-zero id is how OpenTelemetry says that there is none. */
export const TRACE_ID = /^(?!0{32})[0-9a-f]{32}$/i;
export const SPAN_ID = /^(?!0{16})[0-9a-f]{16}$/i;

// The text itself where it is in lower case already: comparing it with itself costs nothing.
export function idOf(grammar: RegExp, id: string | undefined): string | undefined {
  return grammar.exec(id as string)?.[0].toLowerCase();
}

/** A random trace id. Its first digit is fixed, so that not all are zero. */
export function randomTraceId(random: () => number): string {
  let id = "f";
  while (id.length < 32) id += Math.floor(random() * 16).toString(16);
  return id;
}

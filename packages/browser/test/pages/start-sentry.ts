import type { BrowserClient, BrowserOptions } from "@sentry/browser-11";
import type { IntakeOptions, SpanmeterIntegration } from "../../src/sentry.js";
import type {} from "../support/page-globals.js";

/** How the metrics of a page leave: by Sentry alone, or through the queue in one of two ways. */
export type Way = "plain" | "integration" | "transport";

interface Started {
  readonly client: BrowserClient;
  /** Absent unless the way is `integration`. */
  readonly integration: SpanmeterIntegration | undefined;
}

/** Calls `Sentry.init`. Options that only pages can hold, such as functions, are given there. */
export function startSentry(
  way: Way,
  options: BrowserOptions & { dsn: string },
  queue: IntakeOptions = {},
): Started {
  const given: BrowserOptions = { ...options };
  let integration: SpanmeterIntegration | undefined;
  if (way === "integration") {
    integration = SpanmeterSentry.spanmeterIntegration(queue);
    given.integrations = [...((options.integrations ?? []) as []), integration];
  }
  if (way === "transport")
    given.transport = SpanmeterSentry.makeMetricsTransport(
      options.transport ?? Sentry.makeFetchTransport,
      queue,
    );
  return { client: Sentry.init(given) as BrowserClient, integration };
}

Object.assign(globalThis, { startSentry });

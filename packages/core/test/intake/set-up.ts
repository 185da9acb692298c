import { createTransport } from "@sentry/core";
import { createFakePlatform, type FakePlatform } from "@spanmeter/testing";
import { SentryClient } from "@spanmeter/testing/suites/sentry-samples";
import { createPipeline, fixedDestination } from "../../src/index.js";
import type { Drop, Envelope, Options, Pipeline, Platform } from "../../src/index.js";

/** A pipeline on a fake platform, as it stands behind a Sentry client. */
export interface IntakeSetUp extends FakePlatform {
  readonly pipeline: Pipeline;
  readonly drops: readonly Drop[];
}

export function setUpIntake(options: Options = {}, overrides: Partial<Platform> = {}): IntakeSetUp {
  const fake = createFakePlatform(overrides);
  const drops: Drop[] = [];
  const pipeline = createPipeline(
    { onDrop: (drop) => void drops.push(drop), ...options },
    fake.platform,
    fixedDestination(fake.transport.factory, {
      url: "https://o1.ingest.sentry.io/api/2/envelope/",
    }),
  );
  return { ...fake, pipeline, drops };
}

/** A metric as the SDK of 11 serialises it. */
export const serialized = (name: string, more: object = {}): object => ({
  timestamp: 1_767_225_600.5,
  trace_id: "4bf92f3577b34da6a3ce929d0e0e4736",
  span_id: "00f067aa0ba902b7",
  name,
  type: "counter",
  value: 1,
  attributes: {},
  ...more,
});

/** An envelope as the SDK hands it to its transport. */
export const envelopeOf = (items: readonly unknown[], headers: object = {}): Envelope => [
  { sdk: { name: "sentry.javascript.test", version: "11.12.0" }, ...headers },
  [[{ type: "trace_metric", item_count: items.length } as object, { version: 2, items }]],
];

/** A real Sentry client, whose transport hands what it is given to `onBody`. */
export function sentryClient(onBody: (body: string) => void, options: object = {}): SentryClient {
  return new SentryClient({
    dsn: "https://public@o1.ingest.sentry.io/2",
    integrations: [],
    stackParser: () => [],
    transport: (given) =>
      createTransport(given, async ({ body }) => {
        onBody(String(body));
        return { statusCode: 200 };
      }),
    ...options,
  });
}

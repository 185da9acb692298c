import type * as Sentry10 from "@sentry/browser-10";
import type * as Sentry11 from "@sentry/browser-11";
import type * as Sentry8 from "@sentry/browser-8";
import type * as Sentry9 from "@sentry/browser-9";
import { expectTypeOf, test } from "vitest";
import type { keepaliveTransport, TransportFactory, TransportOptions } from "../../src/index.js";
import type { makeMetricsTransport, SpanmeterIntegration } from "../../src/sentry.js";

// The compiler checks these in the `types` step.

test("keepaliveTransport is assignable to the transport option of Sentry.init in every major", () => {
  type Ours = typeof keepaliveTransport;
  expectTypeOf<Ours>().toExtend<NonNullable<Sentry8.BrowserOptions["transport"]>>();
  expectTypeOf<Ours>().toExtend<NonNullable<Sentry9.BrowserOptions["transport"]>>();
  expectTypeOf<Ours>().toExtend<NonNullable<Sentry10.BrowserOptions["transport"]>>();
  expectTypeOf<Ours>().toExtend<NonNullable<Sentry11.BrowserOptions["transport"]>>();
});

test("the fetch transport of every major is assignable to our transport option", () => {
  expectTypeOf<typeof Sentry8.makeFetchTransport>().toExtend<TransportFactory>();
  expectTypeOf<typeof Sentry9.makeFetchTransport>().toExtend<TransportFactory>();
  expectTypeOf<typeof Sentry10.makeFetchTransport>().toExtend<TransportFactory>();
  expectTypeOf<typeof Sentry11.makeFetchTransport>().toExtend<TransportFactory>();
});

test("the integration is assignable to the integrations option of Sentry.init in every major", () => {
  expectTypeOf<SpanmeterIntegration[]>().toExtend<
    NonNullable<Sentry8.BrowserOptions["integrations"]>
  >();
  expectTypeOf<SpanmeterIntegration[]>().toExtend<
    NonNullable<Sentry9.BrowserOptions["integrations"]>
  >();
  expectTypeOf<SpanmeterIntegration[]>().toExtend<
    NonNullable<Sentry10.BrowserOptions["integrations"]>
  >();
  expectTypeOf<SpanmeterIntegration[]>().toExtend<
    NonNullable<Sentry11.BrowserOptions["integrations"]>
  >();
});

test("a wrapped transport is assignable to the transport option of Sentry.init in every major", () => {
  type Made<O> = ReturnType<typeof makeMetricsTransport<O & TransportOptions>>;
  type Options8 = Parameters<typeof Sentry8.makeFetchTransport>[0];
  type Options9 = Parameters<typeof Sentry9.makeFetchTransport>[0];
  type Options10 = Parameters<typeof Sentry10.makeFetchTransport>[0];
  type Options11 = Parameters<typeof Sentry11.makeFetchTransport>[0];
  expectTypeOf<Made<Options8>>().toExtend<NonNullable<Sentry8.BrowserOptions["transport"]>>();
  expectTypeOf<Made<Options9>>().toExtend<NonNullable<Sentry9.BrowserOptions["transport"]>>();
  expectTypeOf<Made<Options10>>().toExtend<NonNullable<Sentry10.BrowserOptions["transport"]>>();
  expectTypeOf<Made<Options11>>().toExtend<NonNullable<Sentry11.BrowserOptions["transport"]>>();
});

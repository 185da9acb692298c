import type * as Sentry10 from "@sentry/browser-10";
import type * as Sentry11 from "@sentry/browser-11";
import type * as Sentry8 from "@sentry/browser-8";
import type * as Sentry9 from "@sentry/browser-9";
import { expectTypeOf, test } from "vitest";
import type { keepaliveTransport, TransportFactory } from "../../src/index.js";

// Checked by the compiler, in the `types` step.

test("keepaliveTransport fits Sentry.init of every major without a cast", () => {
  type Ours = typeof keepaliveTransport;
  expectTypeOf<Ours>().toExtend<NonNullable<Sentry8.BrowserOptions["transport"]>>();
  expectTypeOf<Ours>().toExtend<NonNullable<Sentry9.BrowserOptions["transport"]>>();
  expectTypeOf<Ours>().toExtend<NonNullable<Sentry10.BrowserOptions["transport"]>>();
  expectTypeOf<Ours>().toExtend<NonNullable<Sentry11.BrowserOptions["transport"]>>();
});

test("the fetch transport of every major fits the transport option without a cast", () => {
  expectTypeOf<typeof Sentry8.makeFetchTransport>().toExtend<TransportFactory>();
  expectTypeOf<typeof Sentry9.makeFetchTransport>().toExtend<TransportFactory>();
  expectTypeOf<typeof Sentry10.makeFetchTransport>().toExtend<TransportFactory>();
  expectTypeOf<typeof Sentry11.makeFetchTransport>().toExtend<TransportFactory>();
});

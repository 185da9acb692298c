import type * as Sentry10 from "@sentry/browser-10";
import type * as Sentry11 from "@sentry/browser-11";
import type * as Sentry8 from "@sentry/browser-8";
import type * as Sentry9 from "@sentry/browser-9";
import { expectTypeOf, test } from "vitest";
import type { keepaliveTransport, TransportFactory } from "../../src/index.js";

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

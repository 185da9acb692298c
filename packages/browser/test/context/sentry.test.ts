import { describe, expect } from "vitest";
import { SENTRY_MAJORS, sentryScript, spanmeterScript } from "../support/bundle.js";
import { test } from "../support/chromium-test.js";

const spanmeter = await spanmeterScript();
/** Sentry's DSN, which has no server: only Spanmeter sends to the ingest server. */
const NOWHERE = "http://public@127.0.0.1:9/1";

describe.for(SENTRY_MAJORS)("beside @sentry/browser %i", async (major) => {
  const sentry = await sentryScript(major);

  test("a metric has the ids of the span that is active at the call", async ({ open, ingest }) => {
    const page = await open({ scripts: [sentry, spanmeter] });
    const ids = await page.evaluate(
      async ([dsn, nowhere]) => {
        Sentry.init({ dsn: nowhere, tracesSampleRate: 1 });
        Spanmeter.init({ dsn });
        const found = Sentry.startSpan({ name: "outer" }, (outer) => {
          Spanmeter.metrics.count("in.outer");
          const inner = Sentry.startSpan({ name: "inner" }, (span) => {
            Spanmeter.metrics.count("in.inner");
            return span.spanContext();
          });
          return { outer: outer.spanContext(), inner };
        });
        await Spanmeter.flush();
        return found;
      },
      [ingest.dsn, NOWHERE] as const,
    );
    expect(ingest.metrics).toMatchObject([
      { name: "in.outer", traceId: ids.outer.traceId, spanId: ids.outer.spanId },
      { name: "in.inner", traceId: ids.inner.traceId, spanId: ids.inner.spanId },
    ]);
    expect(ids.inner.spanId).not.toBe(ids.outer.spanId);
  });

  test("outside a span, a metric has the trace of the propagation context", async ({
    open,
    ingest,
  }) => {
    const page = await open({ scripts: [sentry, spanmeter] });
    const traceId = await page.evaluate(
      async ([dsn, nowhere]) => {
        Sentry.init({ dsn: nowhere });
        Spanmeter.init({ dsn });
        Spanmeter.metrics.count("outside");
        await Spanmeter.flush();
        return Sentry.getCurrentScope().getPropagationContext().traceId;
      },
      [ingest.dsn, NOWHERE] as const,
    );
    expect(ingest.metrics).toMatchObject([{ name: "outside", traceId }]);
    expect(ingest.metrics[0]).not.toHaveProperty("spanId");
  });

  test("with browser tracing, a metric has the trace of the page's meta tag", async ({
    open,
    ingest,
  }) => {
    const traceId = "d4cda95b652f4a1592b449d5929fda1b";
    const page = await open({
      scripts: [sentry, spanmeter],
      head: `<meta name="sentry-trace" content="${traceId}-6e0c63257de34c92-1"><meta name="baggage" content="sentry-trace_id=${traceId}">`,
    });
    await page.evaluate(
      async ([dsn, nowhere]) => {
        Sentry.init({
          dsn: nowhere,
          tracesSampleRate: 1,
          integrations: [Sentry.browserTracingIntegration()],
        });
        Spanmeter.init({ dsn });
        Spanmeter.metrics.count("page.load");
        await Spanmeter.flush();
      },
      [ingest.dsn, NOWHERE] as const,
    );
    expect(ingest.metrics).toMatchObject([{ name: "page.load", traceId }]);
  });
});

// Scopes have attributes since version 10.
describe.for([10, 11])("beside @sentry/browser %i", async (major) => {
  const sentry = await sentryScript(major);

  test("a metric has the attributes of its scopes; the current scope wins over the isolation and global one", async ({
    open,
    ingest,
  }) => {
    const page = await open({ scripts: [sentry, spanmeter] });
    await page.evaluate(
      async ([dsn, nowhere]) => {
        Sentry.init({ dsn: nowhere });
        Spanmeter.init({ dsn });
        Sentry.getGlobalScope().setAttributes({ a: "global", b: "global", c: "global" });
        Sentry.getIsolationScope().setAttributes({ b: "isolation", c: "isolation" });
        Sentry.getCurrentScope().setAttributes({ c: "current" });
        Spanmeter.metrics.count("scoped");
        await Spanmeter.flush();
      },
      [ingest.dsn, NOWHERE] as const,
    );
    expect(ingest.metrics).toMatchObject([
      { name: "scoped", attributes: { a: "global", b: "isolation", c: "current" } },
    ]);
  });
});

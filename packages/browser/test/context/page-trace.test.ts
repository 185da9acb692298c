import { expect } from "vitest";
import { spanmeterScript } from "../support/bundle.js";
import { test } from "../support/chromium-test.js";
import type { PageParts } from "../support/chromium-test.js";

const scripts = [await spanmeterScript()];
const TRACE = "d4cda95b652f4a1592b449d5929fda1b";
const OTHER = "0af7651916cd43dd8448eb211c80319c";
const SPAN = "6e0c63257de34c92";

const cases: Record<string, Pick<PageParts, "head" | "headers">> = {
  "the sentry-trace meta tag": {
    head: `<meta name="sentry-trace" content="${TRACE}-${SPAN}-1">`,
  },
  "the traceparent meta tag": {
    head: `<meta name="traceparent" content="00-${TRACE}-${SPAN}-01">`,
  },
  "sentry-trace in Server-Timing": {
    headers: { "server-timing": `db;dur=12, sentry-trace;desc="${TRACE}-${SPAN}-1"` },
  },
  "traceparent in Server-Timing": {
    headers: { "server-timing": `traceparent;desc="00-${TRACE}-${SPAN}-01"` },
  },
  "a meta tag rather than Server-Timing": {
    head: `<meta name="traceparent" content="00-${TRACE}-${SPAN}-01">`,
    headers: { "server-timing": `sentry-trace;desc="${OTHER}-${SPAN}-1"` },
  },
};

test.for(Object.entries(cases))(
  "a metric continues the trace of %s",
  async ([, parts], { open, ingest }) => {
    const page = await open({ scripts, ...parts });
    await page.evaluate((dsn) => {
      Spanmeter.init({ dsn });
      Spanmeter.metrics.count("page.viewed");
      return Spanmeter.flush();
    }, ingest.dsn);
    expect(ingest.metrics).toMatchObject([{ name: "page.viewed", traceId: TRACE }]);
    expect(ingest.metrics[0]).not.toHaveProperty("spanId");
  },
);

test("on a page without a trace, all metrics of a page load share one, and the next load has another", async ({
  open,
  ingest,
}) => {
  const page = await open({ scripts });
  const record = (dsn: string): Promise<boolean> => {
    Spanmeter.init({ dsn });
    Spanmeter.metrics.count("page.viewed");
    Spanmeter.metrics.count("page.viewed");
    return Spanmeter.flush();
  };
  await page.evaluate(record, ingest.dsn);
  await page.reload();
  await page.evaluate(record, ingest.dsn);
  const [first, second, third, fourth] = ingest.metrics.map(({ traceId }) => traceId);
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
  expect(fourth).toBe(third);
});

import { describe, expect } from "vitest";
import { SENTRY_MAJORS, sentryScript, spanmeterScript } from "../support/bundle.js";
import { test } from "../support/chromium-test.js";

const spanmeter = await spanmeterScript();

describe.for(SENTRY_MAJORS)("beside @sentry/browser %i", async (major) => {
  const sentry = await sentryScript(major);

  test("its options are the defaults, even when it is initialised later or again", async ({
    open,
    ingest,
  }) => {
    const page = await open({ scripts: [sentry, spanmeter] });
    await page.evaluate(async (dsn) => {
      // Only Spanmeter sends to the ingest server.
      const send = () => Promise.resolve({});
      const transport = () => ({ send, flush: () => Promise.resolve(true) });
      const theirs = { dsn, transport, environment: "staging" };
      Spanmeter.init();
      Spanmeter.metrics.count("before");
      Sentry.init({ ...theirs, release: "1", dist: "42" });
      Spanmeter.metrics.count("after");
      await Spanmeter.flush();
      Sentry.init({ ...theirs, dsn: `${dsn}7`, release: "2" });
      Spanmeter.metrics.count("again");
      await Spanmeter.flush();
      Spanmeter.init({ dsn, release: "mine" });
      Spanmeter.metrics.count("own");
      await Spanmeter.flush();
    }, ingest.dsn);
    const first = {
      "sentry.release": "1",
      "sentry.environment": "staging",
      "sentry.dist": "42",
    };
    expect(ingest.metrics).toMatchObject([
      { name: "before", attributes: first },
      { name: "after", attributes: first },
      { name: "again", attributes: { "sentry.release": "2", "sentry.environment": "staging" } },
      { name: "own", attributes: { "sentry.release": "mine" } },
    ]);
    expect(ingest.requests.map(({ path }) => path)).toEqual([
      "/api/1/envelope/",
      "/api/17/envelope/",
      "/api/1/envelope/",
    ]);
  });
});

test("an ending page sends calls that were recorded before Sentry was initialised", async ({
  open,
  ingest,
}) => {
  const page = await open({ scripts: [await sentryScript(11), spanmeter] });
  await page.evaluate((dsn) => {
    const send = () => Promise.resolve({});
    const transport = () => ({ send, flush: () => Promise.resolve(true) });
    Spanmeter.init();
    Spanmeter.metrics.count("before");
    Sentry.init({ dsn, tunnel: `${new URL(dsn).origin}/tunnel`, transport });
    location.href = "/next";
  }, ingest.dsn);
  await ingest.waitFor(({ metrics }) => metrics.length > 0);
  expect(ingest.metrics).toMatchObject([{ name: "before" }]);
  expect(ingest.requests[0]?.path).toBe("/tunnel");
});

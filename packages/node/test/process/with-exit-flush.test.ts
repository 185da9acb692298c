import { describe, expect, test } from "vitest";
import { ingestForTest } from "../support/ingest.js";
import { runForJson } from "../support/run-script.js";
import { MAJORS } from "../support/sentry.js";

describe.each(MAJORS)("an error captured by @sentry/node %i right before the end", (major) => {
  test("arrives through httpTransport, and the process ends", async () => {
    const ingest = await ingestForTest({ rules: { foreign: true }, reply: { delay: 100 } });
    await runForJson("sentry-end", { args: [String(major), ingest.dsn] });
    const bodies = ingest.requests.map(({ body }) => new TextDecoder().decode(body));
    expect(bodies.join("\n")).toContain("the last error");
  });
});

test("the end of the process waits two seconds for a server that hangs", async () => {
  const ingest = await ingestForTest({ reply: { fault: "hang" } });
  const { waited } = await runForJson<{ waited: number }>("sentry-end", {
    args: ["11", ingest.dsn],
  });
  expect(waited).toBeGreaterThan(1900);
  // The timeout of the transport is a minute.
  expect(waited).toBeLessThan(30_000);
});

import { afterEach, expect, test } from "vitest";
import { close, continueTrace, init, memoryTransport, metrics } from "../src/index.js";

afterEach(() => close());

test("a call before init() has the trace of the continueTrace around it", async () => {
  const traceId = "a".repeat(32);
  continueTrace({ "sentry-trace": `${traceId}-${"b".repeat(16)}-1` }, () => metrics.count("early"));
  const transport = memoryTransport();
  const client = init({ dsn: "https://public@o1.ingest.sentry.io/2", transport });
  await client.flush();
  const sent = JSON.stringify(transport.envelopes, (_, value: unknown) =>
    ArrayBuffer.isView(value) ? new TextDecoder().decode(value) : value,
  );
  expect(sent).toContain(`\\"trace_id\\":\\"${traceId}\\"`);
});

import { expect, test } from "vitest";
import { fetchTransport } from "../../src/transport/fetch.js";
import { metricEnvelope, transportOptions } from "../support/envelope.js";
import { ingestForTest } from "../support/ingest.js";

// What it shares with every other transport is held by contract.test.ts.
test("ends a request that gets no answer at the timeout", async () => {
  const ingest = await ingestForTest({ reply: { fault: "hang" } });
  const transport = fetchTransport({ ...transportOptions(ingest.url), timeout: 100 });
  await expect(transport.send(metricEnvelope())).rejects.toMatchObject({ name: "TimeoutError" });
});

test("lays fetchOptions over each request", async () => {
  const ingest = await ingestForTest();
  const fetchOptions = { headers: { "x-team": "blue" } };
  await fetchTransport({ ...transportOptions(ingest.url), fetchOptions }).send(metricEnvelope());
  expect(ingest.requests[0]?.headers["x-team"]).toBe("blue");
});

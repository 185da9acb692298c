import { expect, onTestFinished, test, vi } from "vitest";
import { fetchTransport } from "../../../src/transport/http/fetch-transport.js";
import { metricEnvelope, transportOptions } from "../../support/envelope.js";
import { ingestForTest } from "../../support/ingest.js";

// contract.test.ts covers the behaviour that all transports share.
test("ends a request that gets no answer at the timeout", async () => {
  const ingest = await ingestForTest({ reply: { fault: "hang" } });
  const transport = fetchTransport({ ...transportOptions(ingest.url), timeout: 100 });
  await expect(transport.send(metricEnvelope())).rejects.toMatchObject({ name: "TimeoutError" });
});

test("adds fetchOptions to each request", async () => {
  const ingest = await ingestForTest();
  const fetchOptions = { headers: { "x-team": "blue" } };
  await fetchTransport({ ...transportOptions(ingest.url), fetchOptions }).send(metricEnvelope());
  expect(ingest.requests[0]?.headers["x-team"]).toBe("blue");
});

/** Like the one of jsdom, by which vitest and jest replace node's: `fetch` refuses it. */
class ForeignController {
  readonly signal = new EventTarget();
  abort(): void {}
}

test("sends without a signal where fetch refuses the signals of a test environment", async () => {
  const ingest = await ingestForTest();
  vi.stubGlobal("AbortController", ForeignController);
  vi.stubGlobal("AbortSignal", { timeout: () => new ForeignController().signal });
  onTestFinished(() => void vi.unstubAllGlobals());
  const sent = fetchTransport(transportOptions(ingest.url)).send(metricEnvelope());
  expect(await sent).toMatchObject({ statusCode: 200 });
  expect(ingest.requests).toHaveLength(1);
});

test("a request without a signal ends at its timeout too", async () => {
  const ingest = await ingestForTest({ reply: { fault: "hang" } });
  vi.stubGlobal("AbortController", ForeignController);
  onTestFinished(() => void vi.unstubAllGlobals());
  const transport = fetchTransport({ ...transportOptions(ingest.url), timeout: 100 });
  await expect(transport.send(metricEnvelope())).rejects.toMatchObject({ name: "TimeoutError" });
});

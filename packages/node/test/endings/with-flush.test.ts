import { expect, onTestFinished, test } from "vitest";
import { init, metrics, withFlush } from "../../src/index.js";
import { ingestForTest } from "../support/ingest.js";

async function started(): Promise<{ arrived(): number }> {
  const ingest = await ingestForTest();
  const client = init({ dsn: ingest.dsn, shutdown: { spool: false } });
  onTestFinished(() => void client.close());
  return { arrived: () => ingest.metrics.length };
}

test("a handler with a promise answers after its metrics arrived", async () => {
  const { arrived } = await started();
  const handler = withFlush(async (event: number) => (metrics.count("handled"), event + 1));
  expect(await handler(1)).toBe(2);
  expect(arrived()).toBe(1);
});

test("a handler that fails, fails with its own error after its metrics arrived", async () => {
  const { arrived } = await started();
  const handler = withFlush(async () => {
    metrics.count("failed");
    throw new Error("mine");
  });
  await expect(handler()).rejects.toThrow("mine");
  expect(arrived()).toBe(1);
});

test("a callback is called after the metrics arrived", async () => {
  const { arrived } = await started();
  type Callback = (error: null, answer: string) => void;
  const handler = withFlush((_event: object, _context: object, callback: Callback) => {
    metrics.count("handled");
    callback(null, "answer");
  });
  expect(handler).toHaveLength(3);
  const answer = await new Promise((resolve) => handler({}, {}, (_, text) => resolve(text)));
  expect(answer).toBe("answer");
  expect(arrived()).toBe(1);
});

test("a response ends after the metrics arrived", async () => {
  const { arrived } = await started();
  const handler = withFlush((_request: object, response: { end(text: string): void }) => {
    metrics.count("handled");
    response.end("answer");
  });
  const text = await new Promise((end) => handler({}, Object.assign({ end }, { setHeader() {} })));
  expect(text).toBe("answer");
  expect(arrived()).toBe(1);
});

test("an answer does not wait where the platform goes on after it", async () => {
  const { arrived } = await started();
  const works: Promise<unknown>[] = [];
  const context = { waitUntil: (work: Promise<unknown>) => void works.push(work) };
  const handler = withFlush((_event: object, _context: object) => (metrics.count("handled"), 1));
  expect(handler({}, context)).toBe(1);
  await Promise.all(works);
  expect(arrived()).toBe(1);
});

test("await using closes a client at the end of its block", async () => {
  const ingest = await ingestForTest();
  {
    // oxlint-disable-next-line typescript/await-thenable -- The linter does not see the symbol on every run.
    await using client = init({ dsn: ingest.dsn, shutdown: { spool: false } });
    client.metrics.count("used");
  }
  expect(ingest.metrics).toHaveLength(1);
});

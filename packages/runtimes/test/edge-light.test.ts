import { EdgeVM } from "@edge-runtime/vm";
import { AsyncLocalStorage } from "node:async_hooks";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { bundle } from "./support/bundle.js";
import { ingestForTest } from "./support/ingest.js";

/** Evaluates the fixture as Next does at the edge: with its export conditions, in its runtime. */
async function startEdge(dsn: string, fixture = "edge-light"): Promise<EdgeVM> {
  const folder = await mkdtemp(join(tmpdir(), "spanmeter-edge-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, "edge.js");
  await bundle(fixture, file, ["edge-light", "browser"], { DSN: dsn });
  // Next adds this global to the runtime.
  const vm = new EdgeVM({ extend: (context) => Object.assign(context, { AsyncLocalStorage }) });
  vm.evaluate(await readFile(file, "utf8"));
  return vm;
}

test("Next's edge runtime delivers, and concurrent requests have their own traces and attributes", async () => {
  const ingest = await ingestForTest();
  const vm = await startEdge(ingest.dsn);
  const traceIds = ["a", "b", "c", "d"].map((digit) => digit.repeat(32));
  const answers = await Promise.all(
    traceIds.map(async (traceId) => {
      const headers = { "sentry-trace": `${traceId}-${"1".repeat(16)}` };
      const response = await vm.dispatchFetch(`http://edge.test/?visit=${traceId}`, { headers });
      return response.json() as Promise<unknown>;
    }),
  );
  expect(answers).toEqual([true, true, true, true]);
  const arrived = ingest.metrics.map(({ traceId, attributes }) =>
    [traceId, attributes["visit"]].join(" "),
  );
  expect(arrived.sort()).toEqual(traceIds.map((traceId) => `${traceId} ${traceId}`));
  ingest.assertClean();
});

test("behind a Sentry SDK in Next's edge runtime, a flush waits until everything is delivered once", async () => {
  const ingest = await ingestForTest();
  ingest.replyNext({ fault: "reset" }, { status: 503 });
  const vm = await startEdge(ingest.dsn, "edge-light-sentry");
  const traceIds = ["a", "b", "c", "d"].map((digit) => digit.repeat(32));
  const answers = await Promise.all(
    traceIds.map(async (traceId) => {
      const response = await vm.dispatchFetch(`http://edge.test/?trace=${traceId}`);
      return response.json() as Promise<unknown>;
    }),
  );
  expect(answers).toEqual([true, true, true, true]);
  const arrived = ingest.metrics
    .filter(({ name }) => name !== "early")
    .map(({ name, traceId, attributes }) => [name, traceId, attributes["visit"]].join(" "));
  expect(arrived.sort()).toEqual(
    ["ours", "theirs"].flatMap((name) => traceIds.map((id) => `${name} ${id} ${id}`)),
  );
  expect(ingest.metrics).toHaveLength(9);
  ingest.assertClean();
});

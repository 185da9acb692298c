import { expect } from "vitest";
import { bundle } from "../support/bundle.js";
import { test } from "../support/chromium-test.js";

const kinds = [
  ["classic", "iife"],
  ["module", "esm"],
] as const;

test.for(kinds)("a %s web worker records and sends", async ([kind, format], { open, ingest }) => {
  const body = await bundle("pages/worker.ts", { format });
  const page = await open({ resources: { "/worker.js": { body, type: "text/javascript" } } });
  const report = await page.evaluate(
    ([dsn, type]) =>
      new Promise((resolve, reject) => {
        const worker = new Worker("/worker.js", { type });
        worker.addEventListener("message", ({ data }) => resolve(data));
        worker.addEventListener("error", ({ message }) => reject(new Error(message)));
        worker.postMessage(dsn);
      }),
    [ingest.dsn, kind] as const,
  );
  expect(report).toEqual({ page: "undefined", closed: true });
  expect(ingest.metrics).toMatchObject([
    { name: "worker.step", type: "distribution", value: 12.5, unit: "millisecond" },
    { name: "worker.step", type: "distribution", value: 7.5, unit: "millisecond" },
  ]);
  const [first, second] = ingest.metrics.map(({ traceId }) => traceId);
  expect(second).toBe(first);
});

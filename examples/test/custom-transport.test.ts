import { expect, test } from "vitest";
import { openIngest } from "./support/ingest.js";
import { jsonLines, runExample } from "./support/run.js";

test("standard output has a line for each metric that Sentry receives", async () => {
  const ingest = await openIngest();

  const { code, stdout, stderr } = await runExample("custom-transport", ingest.dsn);

  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  ingest.assertClean();
  expect(ingest.metrics.map(({ name }) => name)).toEqual([
    "signup.finished",
    "signup.finished",
    "signup.finished",
    "queue.depth",
  ]);
  expect(jsonLines(stdout)).toEqual(
    ingest.metrics.map(({ name, type, value, traceId }) => ({ name, type, value, trace: traceId })),
  );
});

test("the lines are written even if Sentry cannot be reached", async () => {
  const ingest = await openIngest();
  await ingest.close();

  const { code, stdout } = await runExample("custom-transport", ingest.dsn);

  expect(code).toBe(0);
  expect(jsonLines(stdout)).toHaveLength(4);
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openIngest } from "./support/ingest.js";
import { runExample } from "./support/run.js";

test("the script ends by itself and all its metrics arrive in one trace", async () => {
  const ingest = await openIngest();
  const folder = await mkdtemp(join(tmpdir(), "node-cli-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "notes.md"), "x".repeat(1200));
  await writeFile(join(folder, "data.json"), "{}");
  await writeFile(join(folder, "LICENSE"), "");

  const { code, stdout, stderr } = await runExample("node-cli", ingest.dsn, [folder]);

  expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: "3 files\n", stderr: "" });
  ingest.assertClean();
  const sizes = ingest.metrics.filter(({ name }) => name === "file.size_bytes");
  expect(
    Object.fromEntries(sizes.map(({ attributes, value }) => [attributes["extension"], value])),
  ).toEqual({ ".md": 1200, ".json": 2, none: 0 });
  expect(sizes.every(({ type, unit }) => type === "distribution" && unit === "byte")).toBe(true);
  expect(ingest.metrics.at(-1)).toMatchObject({ name: "report.finished", value: 1 });
  expect(new Set(ingest.metrics.map(({ traceId }) => traceId)).size).toBe(1);
});

test("the script ends soon without a server at its DSN", async () => {
  const ingest = await openIngest();
  await ingest.close();
  const started = performance.now();

  const { code, stderr } = await runExample("node-cli", ingest.dsn, ["examples/node-cli"]);

  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(performance.now() - started).toBeLessThan(30_000);
});

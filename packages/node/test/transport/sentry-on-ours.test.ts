import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { ingestForTest } from "../support/ingest.js";
import { runForJson } from "../support/run-script.js";
import { MAJORS } from "../support/sentry.js";

/** The item types of each major. */
const KINDS = {
  8: ["event", "transaction"],
  9: ["event", "log", "transaction"],
  10: ["event", "log", "trace_metric", "transaction"],
  11: ["event", "log", "trace_metric", "transaction"],
};

const ours = (types: Iterable<unknown>): unknown[] =>
  KINDS[11].filter((kind) => new Set(types).has(kind));

describe.each(MAJORS)("@sentry/node %i sends all of its item types through", (major) => {
  test("httpTransport", async () => {
    const ingest = await ingestForTest({ rules: { foreign: true } });
    const args = [String(major), "http", ingest.dsn];
    expect(await runForJson("sentry-on-ours", { args })).toEqual({ flushed: true });
    ingest.assertClean();
    const items = ingest.requests.flatMap(({ envelope }) => envelope?.items ?? []);
    expect(ours(items.map(({ header }) => header["type"]))).toEqual(KINDS[major]);
    const text = items.map(({ payload }) => new TextDecoder().decode(payload)).join("\n");
    expect(text).toContain("a failure");
    expect(text).toContain("a transaction");
  });

  test("fileTransport", async () => {
    const folder = await mkdtemp(join(tmpdir(), "spanmeter-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const path = join(folder, "sentry.ndjson");
    const args = [String(major), "file", "https://public@sentry.invalid/1", path];
    expect(await runForJson("sentry-on-ours", { args })).toEqual({ flushed: true });
    const lines = (await readFile(path, "utf8")).trimEnd().split("\n");
    const items = lines.flatMap(
      (line) => (JSON.parse(line) as { items: { headers: { type: string } }[] }).items,
    );
    expect(ours(items.map(({ headers }) => headers.type))).toEqual(KINDS[major]);
  });
});

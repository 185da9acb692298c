import { mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fileTransport } from "../../../src/transport/local/file-transport.js";
import { metricEnvelope, transportOptions } from "../../support/envelope.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "spanmeter-"));
});
afterEach(() => rm(folder, { recursive: true }));

const open = (path: string) => fileTransport(path)(transportOptions("http://unused"));

const names = async (path: string): Promise<string[]> =>
  (await readFile(path, "utf8"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line).items[0].payload.items[0].name as string);

test("appends one envelope a line, in the order of sending", async () => {
  const path = join(folder, "metrics.ndjson");
  await writeFile(
    path,
    `${JSON.stringify({ items: [{ payload: { items: [{ name: "old" }] } }] })}\n`,
  );
  const transport = open(path);
  const wanted = Array.from({ length: 50 }, (_, i) => `m${i}`);
  const answers = wanted.map((name, i) => transport.send(metricEnvelope(name, (50 - i) * 200)));
  expect(await transport.flush(5000)).toBe(true);
  expect(await names(path)).toEqual(["old", ...wanted]);
  expect(await answers[0]).toEqual({ statusCode: 200 });
});

test("creates the folder, and only the owner can read file and folder", async () => {
  const path = join(folder, "a", "b", "metrics.ndjson");
  await open(path).send(metricEnvelope("a"));
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, "a"))).mode & 0o777).toBe(0o700);
});

test("continues in a new file when the old one was moved away", async () => {
  const path = join(folder, "metrics.ndjson");
  const transport = open(path);
  await transport.send(metricEnvelope("before"));
  await rename(path, join(folder, "rotated"));
  await transport.send(metricEnvelope("after"));
  expect(await names(path)).toEqual(["after"]);
});

test("rejects an envelope that cannot be written, and writes the next one", async () => {
  const path = join(folder, "metrics.ndjson");
  await writeFile(join(folder, "file"), "");
  await expect(open(join(folder, "file", "x")).send(metricEnvelope("a"))).rejects.toThrow(
    /ENOTDIR|EEXIST/,
  );

  const transport = open(path);
  await rm(path, { force: true });
  const folderInTheWay = open(folder).send(metricEnvelope("a"));
  await expect(folderInTheWay).rejects.toMatchObject({ code: "EISDIR" });
  expect(await transport.send(metricEnvelope("b"))).toEqual({ statusCode: 200 });
});

test("buffers at most 64 envelopes for a slow disk", async () => {
  const transport = open(join(folder, "metrics.ndjson"));
  const sends = Array.from({ length: 65 }, () => transport.send(metricEnvelope("a")));
  await expect(sends[64]).rejects.toThrow("64 envelopes wait to be written");
  await Promise.all(sends.slice(0, 64));
  expect(await transport.send(metricEnvelope("b"))).toEqual({ statusCode: 200 });
});

test("does not count envelopes that cannot be encoded as buffered", async () => {
  const transport = open(join(folder, "metrics.ndjson"));
  const bad = [{}, [[{ type: "event" }, { big: 1n }]]] as unknown as Parameters<
    typeof transport.send
  >[0];
  for (let i = 0; i < 65; i++) await expect(transport.send(bad)).rejects.toThrow("BigInt");
  expect(await transport.send(metricEnvelope("b"))).toEqual({ statusCode: 200 });
});

test("flushes immediately before the first send", async () => {
  expect(await open(join(folder, "x")).flush()).toBe(true);
});

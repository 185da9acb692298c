import { startIngest } from "@spanmeter/testing";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundle } from "../support/bundle.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "spanmeter-server-"));
  await writeFile(
    join(folder, "spanmeter.mjs"),
    await bundle("../src/index.ts", { format: "esm" }),
  );
});
afterAll(async () => rm(folder, { recursive: true, force: true }));

/** Runs a script in its own process and returns its output. */
async function run(script: string): Promise<{ stdout: string; stderr: string }> {
  const imports = `import { flush, getClient, init, metrics } from "./spanmeter.mjs";\n`;
  const args = ["--input-type=module", "--eval", imports + script];
  return promisify(execFile)(process.execPath, args, { cwd: folder });
}

test("flush() keeps a process alive until it settles", async () => {
  const { stdout } = await run(`
    init({ dsn: "http://public@127.0.0.1:9/1" });
    metrics.count("refused");
    process.stdout.write(String(await flush(200)));`);
  expect(stdout).toBe("false");
});

test("waiting metrics do not keep a process alive", async () => {
  const { stdout } = await run(`
    init({ dsn: "http://public@127.0.0.1:9/1" });
    metrics.count("waiting");
    process.stdout.write(process.getActiveResourcesInfo().join());`);
  expect(stdout).not.toContain("Timeout");
});

/** Globals that servers and their test environments lack, or have only in part. */
const hosts: Record<string, string> = {
  "has all globals of node": "",
  "has no performance": "delete globalThis.performance;",
  "has a performance without entries":
    "globalThis.performance = { now: performance.now.bind(performance), markResourceTiming() {} };",
  "has no TextEncoder": "delete globalThis.TextEncoder;",
  "has no Blob": "delete globalThis.Blob;",
  "has no AbortSignal": "delete globalThis.AbortSignal;",
  "has an AbortSignal of another realm": `
    globalThis.AbortSignal = class AbortSignal extends EventTarget {};
    globalThis.AbortController = class AbortController {
      signal = new AbortSignal();
    };`,
  "has an empty navigator": `
    Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });`,
  "has a document without functions": "globalThis.document = {};",
  "has a document and listeners, and a storage that throws": `
    globalThis.document = { visibilityState: "visible" };
    globalThis.addEventListener = globalThis.removeEventListener = () => {};
    Object.defineProperty(globalThis, "localStorage", { get() { throw new Error("SecurityError"); } });`,
  "has a fetch whose answer is only a status": `
    const original = globalThis.fetch;
    globalThis.fetch = async (...all) => ({ status: (await original(...all)).status });`,
  "has a fetch whose answer has plain headers": `
    const original = globalThis.fetch;
    globalThis.fetch = async (...all) => ({ status: (await original(...all)).status, headers: {} });`,
};

describe.for(Object.entries(hosts))("a server that %s", ([, prelude]) => {
  test("records and sends once and logs nothing", async () => {
    const ingest = await startIngest();
    try {
      const { stdout, stderr } = await run(`
        // Node loads its fetch at the first call, which needs all globals.
        await fetch("${ingest.url}");
        ${prelude}
        init({ dsn: "${ingest.dsn}" });
        metrics.count("page.rendered");
        const isFlushed = await flush(5_000);
        process.stdout.write(JSON.stringify({ isFlushed, ...getClient().stats() }));`);
      expect(JSON.parse(stdout)).toMatchObject({
        isFlushed: true,
        delivered: 1,
        platformErrors: 0,
      });
      expect(stderr).toBe("");
      expect(ingest.metrics).toMatchObject([{ name: "page.rendered", value: 1 }]);
    } finally {
      await ingest.close();
    }
    ingest.assertClean();
  });
});

import { startFaultServer } from "@spanmeter/testing/servers/fault-server";
import { build } from "esbuild";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

const run = promisify(execFile);
const from = (path: string): string => join(import.meta.dirname, path);

const APPLICATION = `
  import { createClient } from "./src/index.ts";
  const client = createClient({ dsn: process.argv[2], sendTimeout: 400, flushInterval: 10 });
  for (let i = 0; i < 150; i++) client.metrics.count("orders");
  setTimeout(() => console.log("done"), 50);
`;

let folder: string;
let script: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "spanmeter-exit-"));
  script = join(folder, "application.mjs");
  await build({
    stdin: { contents: APPLICATION, resolveDir: from("../..") },
    outfile: script,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
    define: { __DEV__: "true" },
    alias: { "@spanmeter/core": from("../../../core/src/index.ts") },
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.for([
  "none",
  "refuse",
  "reset after reading, counted",
  "hang, counted",
  "slow drip",
  "half response",
  "HTTP 503",
  "429 bare",
  "garbage headers",
  "restart in the middle",
])("a process ends by itself, quietly and with code 0, through: %s", async (fault) => {
  const server = await startFaultServer({ scale: 0.04 });
  try {
    await server.become(fault);
    const env = { PATH: process.env["PATH"], NODE_ENV: "production", XDG_STATE_HOME: folder };
    // Rejects with any other code, and with a signal when the process has to be killed.
    const { stdout, stderr } = await run(process.execPath, [script, server.dsn], {
      env,
      timeout: 100_000,
    });
    expect({ stdout, stderr }).toEqual({ stdout: "done\n", stderr: "" });
  } finally {
    await server.close();
  }
});

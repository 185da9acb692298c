import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

const run = promisify(execFile);
const packages = join(import.meta.dirname, "../..");

/**
 * Runs in a process of its own: everything that would be work is trapped, then the built file is
 * loaded. Node's own loader uses some of these too, so only calls made by a built file itself count.
 */
const PROBE = `
import * as http from "node:http"; import * as https from "node:https"; import * as zlib from "node:zlib";
import * as fs from "node:fs"; import * as os from "node:os"; import dc from "node:diagnostics_channel";
import { createRequire } from "node:module"; import { pathToFileURL } from "node:url";
const file = process.argv[1];
const done = [];
const calledFromDist = () => /[\\\\/]dist[\\\\/]/.test(new Error().stack.split("\\n")[3]);
const trap = (host, name) => {
  const original = host[name];
  host[name] = function (...args) {
    if (calledFromDist()) done.push(name);
    return new.target ? Reflect.construct(original, args) : Reflect.apply(original, this, args);
  };
};
for (const name of ["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "fetch"]) trap(globalThis, name);
for (const name of ["log", "warn", "error", "info", "debug"]) trap(console, name);
for (const name of ["on", "once", "addListener", "prependListener", "emitWarning"]) trap(process, name);
for (const name of ["subscribe", "channel", "tracingChannel"]) if (dc[name]) trap(dc, name);
for (const name of ["readFileSync", "existsSync", "writeFileSync", "mkdirSync"]) trap(fs.default, name);
trap(os.default, "hostname"); trap(Date, "now"); trap(Math, "random"); trap(http.default, "request"); trap(https.default, "request");
process.env = new Proxy(process.env, { get: (env, key) => {
  if (calledFromDist()) done.push("env " + String(key));
  return Reflect.get(env, key);
} });
const before = new Set(Reflect.ownKeys(globalThis));
const listeners = () => process.eventNames().map((name) => String(name) + process.listenerCount(name)).sort().join();
const listening = listeners();
const loaded = file.endsWith(".cjs") ? createRequire(import.meta.url)(file) : await import(pathToFileURL(file).href);
const added = Reflect.ownKeys(globalThis).filter((key) => !before.has(key)).map(String);
process.stdout.write(JSON.stringify({ done, added, exports: Object.keys(loaded).length, sameListeners: listening === listeners() }));
`;

describe("importing the built package runs nothing", () => {
  const files = ["core/dist/index", "node/dist/index", "node/dist/edge"].flatMap((file) => [
    [`${file}.js`] as const,
    [`${file}.cjs`] as const,
  ]);

  test.each(files)("%s", async (file) => {
    const path = join(packages, file);
    if (!existsSync(path))
      throw new Error(`${file} is missing: run the build first (pnpm run build).`);
    const { stdout } = await run(process.execPath, ["--input-type=module", "-e", PROBE, path]);
    const told = JSON.parse(stdout) as { exports: number };
    expect(told).toEqual({ done: [], added: [], exports: told.exports, sameListeners: true });
    expect(told.exports).toBeGreaterThan(5);
  });

  test("and the probe would notice", async () => {
    const { writeFile, mkdtemp, mkdir, rm } = await import("node:fs/promises");
    const { tmpdir } = await import("node:os");
    const folder = await mkdtemp(join(tmpdir(), "spanmeter-"));
    await mkdir(join(folder, "dist"));
    const busy = join(folder, "dist/index.cjs");
    await writeFile(
      busy,
      "setTimeout(() => {}, 1); process.env.HOME; globalThis.leak = 1; process.on('exit', () => {});",
    );
    const { stdout } = await run(process.execPath, ["--input-type=module", "-e", PROBE, busy]);
    await rm(folder, { recursive: true });
    expect(JSON.parse(stdout)).toMatchObject({
      done: ["setTimeout", "env HOME", "on"],
      added: ["leak"],
      sameListeners: false,
    });
  });
});

test("the version is that of package.json", async () => {
  const require = createRequire(pathToFileURL(join(packages, "core/package.json")));
  const { version } = require("./package.json") as { version: string };
  const { VERSION } = await import("../src/engine/version.js");
  expect(VERSION).toBe(version);
});

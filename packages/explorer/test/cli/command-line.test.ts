import { spawn } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { commandLine } from "../../src/cli/command-line.js";
import { requireBuild } from "../support/cli.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const agent = (name: string) => ({ npm_config_user_agent: `${name}/1.2.3 node/v20 linux x64` });

describe.skipIf(process.platform === "win32")("the command line of an advice", () => {
  it.each<[string, string, Record<string, string>, string]>([
    ["npx, installed", "/app/node_modules/.bin/spanmeter", agent("npm"), "npx spanmeter"],
    [
      "npx, not installed",
      "/home/a/.npm/_npx/0390bb19e1c6af29/node_modules/.bin/spanmeter",
      agent("npm"),
      "npx @spanmeter/explorer",
    ],
    [
      "npx, installed somewhere else",
      "/other/node_modules/.bin/spanmeter",
      agent("npm"),
      "/other/node_modules/.bin/spanmeter",
    ],
    [
      "pnpm exec",
      "/app/node_modules/.pnpm/@spanmeter+explorer@1/node_modules/@spanmeter/explorer/dist/cli.js",
      agent("pnpm"),
      "pnpm exec spanmeter",
    ],
    [
      "pnpm dlx",
      "/home/a/.cache/pnpm/dlx/4ab/19/node_modules/.pnpm/x/node_modules/@spanmeter/explorer/dist/cli.js",
      agent("pnpm"),
      "pnpm dlx @spanmeter/explorer",
    ],
    [
      "yarn dlx",
      "/tmp/xfs-1/dlx-77/node_modules/.bin/spanmeter",
      agent("yarn"),
      "yarn dlx @spanmeter/explorer",
    ],
    ["yarn", "/app/node_modules/.bin/spanmeter", agent("yarn"), "yarn spanmeter"],
    [
      "bunx",
      "/tmp/bunx-0-@spanmeter/explorer@latest/node_modules/.bin/spanmeter",
      agent("bun"),
      "bunx @spanmeter/explorer",
    ],
    ["a global install", "/usr/local/bin/spanmeter", { PATH: "/bin:/usr/local/bin" }, "spanmeter"],
    ["its path", "/app/web/node_modules/.bin/spanmeter", {}, "./node_modules/.bin/spanmeter"],
    ["node and a path below", "/app/web/dist/cli.js", {}, "node ./dist/cli.js"],
    ["node and another path", "/opt/my tools/cli.js", {}, 'node "/opt/my tools/cli.js"'],
  ])("started by %s is that of its start", (_, script, env, expected) => {
    expect(commandLine({ script, cwd: "/app/web", env })).toBe(expected);
  });

  it("is the one by which a real npx started it", async () => {
    requireBuild();
    const cwd = temporaryFolder();
    const bin = join(cwd, "node_modules/.bin");
    mkdirSync(bin, { recursive: true });
    mkdirSync(join(cwd, "node_modules/@spanmeter"));
    writeFileSync(join(cwd, "package.json"), "{}");
    symlinkSync(join(import.meta.dirname, "../.."), join(cwd, "node_modules/@spanmeter/explorer"));
    symlinkSync("../@spanmeter/explorer/dist/cli.js", join(bin, "spanmeter"));
    const output = await new Promise<string>((resolve) => {
      const args = ["--no", "spanmeter", "metrics", "--url", "http://127.0.0.1:1"];
      const child = spawn("npx", args, { cwd, env: cleanEnvironment() });
      onTestFinished(() => void child.kill("SIGKILL"));
      let text = "";
      child.stderr.on("data", (chunk) => (text += String(chunk)));
      child.once("close", () => resolve(text));
    });
    expect(output).toContain("Start one with: npx spanmeter explorer");
  });
});

/** The environment without variables of the package manager that runs this test. */
const cleanEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

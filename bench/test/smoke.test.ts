import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = (flags: readonly string[], environment: Record<string, string> = {}) =>
  promisify(execFile)(process.execPath, [join(import.meta.dirname, "../run.mjs"), ...flags], {
    env: { ...process.env, ...environment },
  });

test("every fixture of Spanmeter and @sentry/node records and delivers", async () => {
  const { stdout } = await run(["--quick"]);
  expect(stdout).toContain("All fixtures work.");
  expect(stdout).not.toContain("NaN");
});

test("rows about pages are skipped, with the reason, where Chromium does not start", async () => {
  const { stdout } = await run(["--quick", "--only", "page-cost"], {
    CHROMIUM_PATH: join(import.meta.dirname, "no-chromium"),
  });
  expect(stdout).toMatch(/skipped: Chromium does not start: .*no-chromium/);
});

test("the error about an unknown row lists the known rows", async () => {
  await expect(run(["--quick", "--only", "speed"])).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('No row "speed". There are: call, whole'),
  });
});

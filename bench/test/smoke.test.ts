import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = (...flags: string[]) =>
  promisify(execFile)(process.execPath, [join(import.meta.dirname, "../run.mjs"), ...flags]);

test("every fixture of Spanmeter and of the official SDK records and delivers", async () => {
  const { stdout } = await run("--quick");
  expect(stdout).toContain("All fixtures work.");
  expect(stdout).not.toContain("NaN");
});

test("a row that does not exist is answered with those that do", async () => {
  await expect(run("--quick", "--only", "speed")).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('No row "speed". There are: call, whole'),
  });
});

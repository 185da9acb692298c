import { expect, test } from "vitest";
import { EXPECTED } from "../../scripts/demo/findings/expected.mjs";
import { run, start } from "./support/run.js";

test("the demo leads from a metric to its root cause, ends by itself and leaves no process", async () => {
  // The width of a usual terminal, which its lines must fit.
  const env = { COLUMNS: "80" };
  const { code, stdout, stderr } = await run("scripts/demo.mjs", { args: ["--once"], env });

  expect(stderr).toBe("");
  expect(stdout).toContain("all there");
  expect(code).toBe(0);
  for (const name of Object.keys(EXPECTED)) expect(stdout).toContain(name);
  expect(stdout).toMatch(/trace [0-9a-f]{32} {2}span [0-9a-f]{16}/);
  expect(stdout).toMatch(/fraud_check\.similar_email .*◀ slow/);
  expect(stdout).toMatch(/✗ error {2}PaymentDeclined/);
  expect(stdout).toMatch(
    /so +with fuzzy_check=true a checkout waits for\s+fraud_check\.similar_email/,
  );
  expect(stdout).toMatch(/The page says: .*fraud_check\.similar_email took/);
  expect(stdout).toMatch(
    /query\.duration_ms is kept in reservoirs: \d+ items stand for [\d,]+ calls/,
  );
  expect(stdout).toMatch(
    /Sentry bills [\d.]+ kB of it; sent call by call, it would bill [\d.]+ kB/,
  );
  expect(stdout).toMatch(/metric +checkout\.failed went from/);
  const long = stdout.split("\n").filter((line) => line.length > 80);
  expect(long.filter((line) => !line.startsWith("The page says"))).toEqual([]);
  expect(stdout).not.toContain("\u001b");
  await expect(fetch(shopUrl(stdout))).rejects.toThrow("fetch failed");
});

test("the demo stops the shop when it is interrupted", async () => {
  const { child, printed, ended } = start("scripts/demo.mjs", { args: ["--once"] });
  const url = shopUrl(await printed(/Chromium.*\n/));
  expect((await fetch(url)).status).toBe(200);

  child.kill("SIGINT");

  expect((await ended).code).toBe(130);
  await expect(fetch(url)).rejects.toThrow("fetch failed");
});

test("the shop ends when the demo is killed", async () => {
  const { child, printed } = start("scripts/demo.mjs", { args: ["--once"] });
  const url = shopUrl(await printed(/Shop.*\n/));

  child.kill("SIGKILL");

  await expect.poll(() => fetch(url).catch((error: Error) => error.message)).toBe("fetch failed");
});

/** The shop's URL. The explorer runs in the demo's process, so it ends with it. */
const shopUrl = (stdout: string): string => /Shop.*(http:\S+)/.exec(stdout)?.[1] ?? "";

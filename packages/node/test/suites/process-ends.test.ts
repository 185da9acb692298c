import { spawn } from "node:child_process";
import { once } from "node:events";
import { ENDINGS } from "@spanmeter/testing/trials/endings";
import { MOMENTS, runEnding, tryEnding } from "@spanmeter/testing/trials/try-ending";
import { describe, expect, test } from "vitest";
import { ingestForTest } from "../support/ingest.js";
import { bundle } from "../support/run-script.js";
import { stateForTest } from "../support/state.js";

describe.concurrent("nothing is lost, only metrics without an answer arrive twice, and the end is as without Spanmeter", () => {
  test.each(Object.keys(ENDINGS))("by '%s'", async (way) => {
    const script = bundle("ending", "cjs");
    const plain = await runEnding(script, way);
    for (const moment of MOMENTS) {
      const trial = await tryEnding(script, way, moment);
      // The trial tested the right moment.
      expect(trial.unanswered).toBe(moment === "one unanswered" ? 100 : 0);
      const { unanswered } = trial;
      const expected = { received: 250, lost: 0, twice: unanswered, left: 0 };
      expect(trial).toMatchObject({ way, moment, ...expected, end: plain });
    }
  });
});

/** Runs the script in a shell, with its output piped into `head`. */
async function intoHead(dsn: string, home: string): Promise<string> {
  const script = bundle("ending", "cjs");
  const line = `"${process.execPath}" "${script}" head ${dsn} | head -1; echo "$?"`;
  const child = spawn("bash", ["-c", `set -o pipefail; { ${line}; } 2>&1`], {
    env: { PATH: process.env["PATH"], XDG_STATE_HOME: home, NODE_ENV: "production" },
  });
  let out = "";
  child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
  await once(child, "close");
  return out.replace(/\n\s+at .*/g, "");
}

test("a process whose reader is gone loses nothing, and ends as it would without Spanmeter", async () => {
  const ingest = await ingestForTest();
  const { home } = await stateForTest();
  const ours = await intoHead(ingest.dsn, home);
  expect(ours).toBe(await intoHead("", home));
  expect(ours).toContain("EPIPE");
  expect(ingest.metrics).toHaveLength(250);
});

test("'kill -9' loses metrics recorded since the last flush, and no others", async () => {
  const ingest = await ingestForTest();
  const { home, files } = await stateForTest();
  const script = bundle("ending", "cjs");
  const plain = await runEnding(script, "kill -9");
  expect(await runEnding(script, "kill -9", { args: [ingest.dsn, "60000"], home })).toEqual(plain);
  const numbers = ingest.metrics.map(({ attributes }) => Number(attributes["number"]));
  expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 250 }, (_, i) => i));
  expect(await files()).toEqual([]);
});

test("a thread that is terminated loses only metrics that were not sent yet, and sends nothing twice", async () => {
  const ingest = await ingestForTest();
  const { home, files } = await stateForTest();
  const script = bundle("ending", "cjs");
  const plain = await runEnding(script, "thread: forever");
  expect(await runEnding(script, "thread: forever", { args: [ingest.dsn, "60000"], home })).toEqual(
    plain,
  );
  const numbers = ingest.metrics.map(({ attributes }) => Number(attributes["number"]));
  expect(new Set(numbers).size).toBe(numbers.length);
  // A full batch had been sent, and the others 50 ms later.
  expect(numbers).toHaveLength(250);
  expect(await files()).toEqual([]);
});

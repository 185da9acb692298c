import { MOMENTS, runEnding, tryEnding } from "@spanmeter/testing/trials/try-ending";
import { expect, test } from "vitest";
import { ingestForTest } from "../support/ingest.js";
import { bundle, runScript } from "../support/run-script.js";
import { stateForTest } from "../support/state.js";

test("threads that are too busy for the message delay an exit once, not one after the other", async () => {
  const ingest = await ingestForTest();
  const { stdout } = await runScript("threads-end", { args: ["24", "busy", "0", ingest.dsn] });
  // Each would take 500 ms: one after the other they would take twelve seconds.
  expect(Number(stdout)).toBeLessThan(2000);
});

test("a thread without time for an answer stores its metrics", async () => {
  const ingest = await ingestForTest();
  const { home, files } = await stateForTest();
  await runScript("threads-end", {
    args: ["2", "idle", "0", ingest.dsn],
    env: { XDG_STATE_HOME: home },
  });
  expect(await files()).toHaveLength(2);
});

test("two copies of the package in one thread both send at the end of the process", async () => {
  const ingest = await ingestForTest({ reply: { delay: 400 } });
  const { home } = await stateForTest();
  const other = bundle("copy", "cjs");
  const args = ["1", "two copies", "4000", ingest.dsn, other];
  await runScript("threads-end", { args, env: { XDG_STATE_HOME: home } });
  expect(ingest.metrics).toHaveLength(2);
});

test.each(MOMENTS)(
  "nothing of a thread is lost when another listener ends the process in the signal (%s)",
  async (moment) => {
    const script = bundle("ending", "cjs");
    const way = "around a thread: signal handler that raises again when it is alone";
    const trial = await tryEnding(script, way, moment);
    expect(trial).toMatchObject({ received: 250, lost: 0, left: 0, twice: trial.unanswered });
    expect(trial.end).toEqual(await runEnding(script, way));
  },
);

import { MOMENTS, runEnding, tryEnding } from "@spanmeter/testing/trials/try-ending";
import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { watchThreads } from "../../src/process/threads.js";
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

test("a thread that is interrupted while it says that it has received the message is waited for", async () => {
  const state = new Int32Array(new SharedArrayBuffer(4));
  const threads = watchThreads();
  const worker = new Worker(
    `const { BroadcastChannel, threadId, workerData } = require("node:worker_threads");
    const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    const channel = new BroadcastChannel("spanmeter.end");
    channel.onmessage = ({ data }) => {
      if (data !== "exit") return;
      Atomics.store(workerData, 0, 1);
      sleep(200);
      Atomics.notify(workerData, 0);
      sleep(200);
      Atomics.store(workerData, 0, 2);
      Atomics.notify(workerData, 0);
    };
    channel.postMessage({ thread: threadId, copy: 0, state: workerData });`,
    { eval: true, workerData: state },
  );
  onTestFinished(async () => {
    threads.undo();
    await worker.terminate();
  });
  while (Atomics.load(state, 0) === 0) {
    threads.notify("exit");
    await sleep(5);
  }
  threads.wait(Infinity);
  expect(Atomics.load(state, 0)).toBe(2);
});

test("a thread that began before the main thread listens is asked for", async () => {
  const state = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(
    `const { BroadcastChannel, parentPort, threadId, workerData } = require("node:worker_threads");
    const channel = new BroadcastChannel("spanmeter.end");
    channel.onmessage = ({ data }) => {
      if (data.isQuestion) channel.postMessage({ thread: threadId, copy: 1, state: workerData });
      if (data === "exit") Atomics.store(workerData, 0, 2);
    };
    parentPort.postMessage("ready");`,
    { eval: true, workerData: state },
  );
  await once(worker, "message");
  const threads = watchThreads();
  onTestFinished(async () => {
    threads.undo();
    await worker.terminate();
  });
  // As Deno does, late.
  process.emit("worker" as never, worker as never);
  const notified = (): number => {
    threads.notify("exit");
    return Atomics.load(state, 0);
  };
  await expect.poll(notified).toBe(2);
});

import files from "node:fs/promises";
import { afterEach, expect, test, vi } from "vitest";
import { readFolderClock } from "../../src/spool/folder-clock.js";
import { destinationOf } from "../../src/spool/spool-name.js";
import { stateForTest } from "../support/state.js";

const HOUR = 3_600_000;

const clock = vi.hoisted(() => ({ monotonicMs: 0 }));
vi.mock("../../src/runtime/clock.js", () => ({
  now: () => Date.now(),
  monotonicMs: () => clock.monotonicMs,
}));
afterEach(() => vi.restoreAllMocks());

test("the time that removing its file takes counts", async () => {
  const { home } = await stateForTest();
  const { rm } = files;
  vi.spyOn(files, "rm").mockImplementation(async (...args) => {
    await rm(...args);
    clock.monotonicMs += HOUR;
  });
  const startedAt = Date.now();
  const folderNow = await readFolderClock(home, destinationOf("https://key@o1.ingest.test/1"));
  expect(files.rm).toHaveBeenCalledOnce();
  // File systems date files by a coarse clock.
  expect(folderNow()).toBeGreaterThan(startedAt + HOUR - 60_000);
  expect(await files.readdir(home)).toEqual([]);
});

test("where no file can be made, it is the clock of this process", async () => {
  const { home } = await stateForTest();
  const startedAt = Date.now();
  const folderNow = await readFolderClock(`${home}/missing`, destinationOf(""));
  expect(folderNow()).toBeGreaterThanOrEqual(startedAt);
  clock.monotonicMs += HOUR;
  expect(folderNow()).toBeGreaterThanOrEqual(startedAt + HOUR);
});

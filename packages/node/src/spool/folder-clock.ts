import type * as Files from "node:fs/promises";
import { join } from "node:path";
import { builtin } from "../runtime/builtin.js";
import { monotonicMs, now } from "../runtime/clock.js";
import { createName } from "./spool-name.js";

/** Milliseconds since the epoch, by the clock that dates the files of a folder. */
export type FolderClock = () => number;

/**
 * Reads the clock of a folder from a file that is made for it, and continues it by the monotonic clock.
 * All processes that share the folder measure ages by this one clock, whatever their own clocks say.
 */
export async function readFolderClock(folder: string, destination: string): Promise<FolderClock> {
  const { open, rm }: typeof Files = builtin("node:fs/promises");
  // Named like a spool file: if this process dies here, the next one removes it.
  const probe = join(folder, createName(destination, now(), "writing"));
  let startedAtMs = now() - monotonicMs();
  try {
    const file = await open(probe, "wx", 0o600);
    // Read before anything else that takes time: files would seem younger by as much.
    const openedAtMs = monotonicMs();
    try {
      startedAtMs = (await file.stat()).mtimeMs - openedAtMs;
    } finally {
      await file.close();
    }
  } catch {
    // The folder is full or read-only: only our own clock is left.
  }
  await rm(probe, { force: true }).catch(() => {});
  return () => startedAtMs + monotonicMs();
}

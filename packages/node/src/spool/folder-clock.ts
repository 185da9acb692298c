import type * as Files from "node:fs/promises";
import { join } from "node:path";
import { builtin } from "../runtime/builtin.js";
import { monotonicMs, now } from "../runtime/clock.js";
import { ownName } from "./spool-name.js";

/** Milliseconds since the epoch, by the clock that dates the files of a folder. */
export type FolderClock = () => number;

/**
 * Reads the clock of a folder from a file that is made for it. What processes leave to each other is
 * measured by this one clock, whatever time each of them takes it to be; it goes on by the monotonic
 * clock.
 */
export async function readFolderClock(folder: string, destination: string): Promise<FolderClock> {
  const { rm, stat, writeFile }: typeof Files = builtin("node:fs/promises");
  // Named as a file of the spool: should this process die here, the next one removes it.
  const probe = join(folder, ownName(destination, now(), "writing"));
  let read = now();
  try {
    await writeFile(probe, "", { flag: "wx", mode: 0o600 });
    read = (await stat(probe)).mtimeMs;
  } catch {
    // A folder that is full or may only be read has no other clock to offer.
  }
  await rm(probe, { force: true }).catch(() => {});
  const startedAt = read - monotonicMs();
  return () => startedAt + monotonicMs();
}

import { existsSync, lstatSync, readdirSync, realpathSync, statSync, type Stats } from "node:fs";
import { basename, dirname, join } from "node:path";
import { StoreOpenError } from "../../store-error.js";

/** The one right of this process to open a data file. */
export interface DataFileClaim {
  /** The file without symbolic links: the database names its log after it, so every owner must use the same path. */
  file: string;
  release(): void;
}

/**
 * Claims a data file for this process, or throws a `StoreOpenError` before the file is touched.
 * The database keeps other processes out by a lock of the system. Such a lock belongs to a whole process: a second open
 * of the same file would succeed, throw away the first one's log, and free the lock when it closes.
 */
export function claimDataFile(path: string): DataFileClaim {
  const file = existsSync(path)
    ? realpathSync.native(path)
    : join(realpathSync.native(dirname(path)), basename(path));
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found !== undefined && !found.isFile()) {
    throw new StoreOpenError(
      `${path} could not be opened: it is not a file. Choose another folder with --data.`,
    );
  }
  const key = keyOf(file);
  const claimed = claimedFiles();
  if (claimed.has(key) || (found !== undefined && isOpenHere(found))) {
    throw new StoreOpenError(
      `${path} is in use by another explorer of this process. Close it first, or choose another folder.`,
    );
  }
  claimed.add(key);
  return { file, release: () => void claimed.delete(key) };
}

/** The same for every path to a folder, bind mounts included. */
function keyOf(file: string): string {
  const folder = statSync(dirname(file));
  return `${folder.dev}:${folder.ino}:${basename(file)}`;
}

/** On the global object, because a process can hold several copies of this module (ESM beside CommonJS). */
function claimedFiles(): Set<string> {
  const key = Symbol.for("@spanmeter/explorer.claimed-files");
  const holder = globalThis as { [key]?: Set<string> };
  return (holder[key] ??= new Set());
}

/** Whether any part of this process, worker threads included, has the file open. Windows refuses a second open by itself. */
function isOpenHere({ dev, ino }: Stats): boolean {
  return openDescriptors().some((descriptor) => {
    try {
      const open = statSync(`/dev/fd/${descriptor}`);
      return open.dev === dev && open.ino === ino;
    } catch {
      // Closed since it was listed, or not a file.
      return false;
    }
  });
}

function openDescriptors(): string[] {
  try {
    return readdirSync("/dev/fd");
  } catch {
    return [];
  }
}

import { existsSync, lstatSync, readdirSync, realpathSync, statSync, type Stats } from "node:fs";
import { basename, dirname, join } from "node:path";
import { StoreOpenError } from "../../store-error.js";

/** The claim of one explorer in this process on a data file. */
export interface DataFileClaim {
  /** Path of the file without symbolic links. DuckDB derives the name of its log from it, so every explorer must use this path. */
  file: string;
  /** Gives up the claim. */
  release(): void;
}

/**
 * Claims a data file for this process, or throws a `StoreOpenError` before the file is touched.
 * DuckDB locks the file against other processes. Such a lock belongs to the whole process: opening the file a second
 * time would succeed, delete the log of the first, and unlock the file when it closes.
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

/** Returns a key of the file that is equal for every path to its folder, bind mounts included. */
function keyOf(file: string): string {
  const folder = statSync(dirname(file));
  return `${folder.dev}:${folder.ino}:${basename(file)}`;
}

/** The set is a global property, because a process can load this module more than once (as ESM and as CommonJS). */
function claimedFiles(): Set<string> {
  const key = Symbol.for("@spanmeter/explorer.claimed-files");
  const holder = globalThis as { [key]?: Set<string> };
  return (holder[key] ??= new Set());
}

/** Returns whether this process, worker threads included, has the file open. On Windows, opening it twice fails anyway. */
function isOpenHere({ dev, ino }: Stats): boolean {
  return openDescriptors().some((descriptor) => {
    try {
      const open = statSync(`/dev/fd/${descriptor}`);
      return open.dev === dev && open.ino === ino;
    } catch {
      // It was closed after it was listed, or it is not a file.
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

import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync } from "node:fs";
import { readdirSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { now } from "../runtime/clock.js";
import { createName, destinationOf } from "./spool-name.js";
import { frame } from "./spool-records.js";

/** The most bytes spooled for one destination, four times the queue of a process. 16 MiB. */
export const MAX_SPOOL_BYTES: number = 16 * 1024 * 1024;

/** A file that this process owns: other processes claim it only after this one has died. */
export interface OwnFile {
  /** How many of the bodies are stored in it: the first ones. */
  readonly stored: number;
  /** Gives it to the next process that looks. */
  release(): void;
  remove(): void;
}

const NO_FILE: OwnFile = { stored: 0, release() {}, remove() {} };

/** Stores bodies for the next process. Returns how many are stored: the first ones. Never throws. */
export function writeSpool(folder: string, dsn: string, bodies: readonly Uint8Array[]): number {
  const file = writeOwn(folder, dsn, bodies);
  file.release();
  return file.stored;
}

/** Stores bodies in a file that this process owns, because it may go on. Never throws. */
export function writeOwn(folder: string, dsn: string, bodies: readonly Uint8Array[]): OwnFile {
  if (bodies.length === 0) return NO_FILE;
  try {
    createFolder(folder);
    const destination = destinationOf(dsn);
    const path = join(folder, createName(destination, now(), "writing"));
    const stored = writeRecords(path, bodies, MAX_SPOOL_BYTES - usedBytes(folder, destination));
    // By the clock of the folder: our own may be wrong.
    const writtenMs = statSync(path).mtimeMs;
    const readyPath = join(folder, createName(destination, writtenMs, "ready"));
    const file: OwnFile = {
      stored,
      release: () => ignoreErrors(() => renameSync(path, readyPath)),
      remove: () => ignoreErrors(() => rmSync(path, { force: true })),
    };
    if (stored > 0) return file;
    file.remove();
  } catch {
    // The folder cannot be created or written to.
  }
  return NO_FILE;
}

/** Node's own recursion never ends where a folder is missing below one that exists, as in /proc. */
function createFolder(path: string): void {
  if (existsSync(path)) return;
  if (dirname(path) !== path) createFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have created it first.
    if (!existsSync(path)) throw error;
  }
}

function writeRecords(path: string, bodies: readonly Uint8Array[], maxBytes: number): number {
  const file = openSync(path, "wx", 0o600);
  let stored = 0;
  let end = 0;
  try {
    for (const record of bodies.map(frame)) {
      if (end + record.length > maxBytes) break;
      writeAll(file, record);
      end += record.length;
      stored += 1;
    }
  } catch {
    // A full disk may store a part of a record, which is removed.
    ignoreErrors(() => ftruncateSync(file, end));
  } finally {
    ignoreErrors(() => fsyncSync(file));
    closeSync(file);
  }
  return stored;
}

function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

function usedBytes(folder: string, destination: string): number {
  let bytes = 0;
  for (const name of readdirSync(folder))
    if (name.startsWith(destination))
      bytes += statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
  return bytes;
}

/** The next process finds whatever could not be renamed or removed here. */
function ignoreErrors(act: () => void): void {
  try {
    act();
  } catch {
    // See above.
  }
}

import { closeSync, existsSync, fsyncSync, ftruncateSync, mkdirSync, openSync } from "node:fs";
import { readdirSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { now } from "../runtime/clock.js";
import { destinationOf, ownName } from "./spool-name.js";
import { frame } from "./spool-records.js";

/** Four times what may wait in one process. 16 MiB for each destination. */
export const MAX_SPOOL_BYTES: number = 16 * 1024 * 1024;

/** A file that is still this process's own: found by others only once it has died. */
export interface OwnFile {
  /** How many of the first bodies are safe in it. */
  readonly safe: number;
  /** Leaves it to whoever comes first. */
  release(): void;
  remove(): void;
}

const NOTHING: OwnFile = { safe: 0, release() {}, remove() {} };

/** Writes bodies down before the process ends; how many of the first ones are safe. Never throws. */
export function writeSpool(folder: string, dsn: string, bodies: readonly Uint8Array[]): number {
  const file = writeOwn(folder, dsn, bodies);
  file.release();
  return file.safe;
}

/** The same for a process that may yet live on. Never throws. */
export function writeOwn(folder: string, dsn: string, bodies: readonly Uint8Array[]): OwnFile {
  if (bodies.length === 0) return NOTHING;
  try {
    makeFolder(folder);
    const destination = destinationOf(dsn);
    const path = join(folder, ownName(destination, now(), "writing"));
    const safe = writeFile(path, bodies, MAX_SPOOL_BYTES - bytesOf(folder, destination));
    // By the clock of the folder: this process's own may be wrong.
    const written = statSync(path).mtimeMs;
    const ready = join(folder, ownName(destination, written, "ready"));
    const file: OwnFile = {
      safe,
      release: () => quietly(() => renameSync(path, ready)),
      remove: () => quietly(() => rmSync(path, { force: true })),
    };
    if (safe > 0) return file;
    file.remove();
  } catch {
    // A folder that is forbidden, or none at all.
  }
  return NOTHING;
}

/** Node's own recursion never ends where a folder is missing although the one above it is there, as in /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process was quicker.
    if (!existsSync(path)) throw error;
  }
}

function writeFile(path: string, bodies: readonly Uint8Array[], room: number): number {
  const file = openSync(path, "wx", 0o600);
  let safe = 0;
  let end = 0;
  try {
    for (const record of bodies.map(frame)) {
      if (end + record.length > room) break;
      writeAll(file, record);
      end += record.length;
      safe += 1;
    }
  } catch {
    // A full disk may take a part of a record, which would only stand in the way.
    quietly(() => ftruncateSync(file, end));
  } finally {
    quietly(() => fsyncSync(file));
    closeSync(file);
  }
  return safe;
}

function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

function bytesOf(folder: string, destination: string): number {
  let bytes = 0;
  for (const name of readdirSync(folder))
    if (name.startsWith(destination))
      bytes += statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
  return bytes;
}

function quietly(act: () => void): void {
  try {
    act();
  } catch {
    // What cannot be done now is found by the next process.
  }
}

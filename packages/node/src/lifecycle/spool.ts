import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync } from "node:fs";
import { statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { destinationOf, ownName } from "./spool-name.js";
import { frame } from "./spool-records.js";

/** Four times what may wait in one process. 16 MiB for each destination. */
export const MAX_SPOOL_BYTES: number = 16 * 1024 * 1024;

/** Writes bodies down before the process ends; how many of the first ones are safe. Never throws. */
export function writeSpool(folder: string, dsn: string, bodies: readonly Uint8Array[]): number {
  if (bodies.length === 0) return 0;
  let safe = 0;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const destination = destinationOf(dsn);
    let room = MAX_SPOOL_BYTES - bytesOf(folder, destination);
    const path = join(folder, ownName(destination, Date.now(), "writing"));
    const file = openSync(path, "wx", 0o600);
    try {
      for (const body of bodies) {
        const record = frame(body);
        if ((room -= record.length) < 0) break;
        writeAll(file, record);
        safe += 1;
      }
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(path, path.replace(/writing$/, "ready"));
  } catch {
    // A disk that is full or forbidden. What was written whole before that is found by its owner's end.
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

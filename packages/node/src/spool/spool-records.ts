import { Buffer } from "node:buffer";
import { builtin } from "../runtime/builtin.js";

/** A complete record, and its position in its file. */
export interface SpoolRecord {
  readonly at: number;
  readonly body: Buffer;
}

/** Length and checksum as eight hexadecimal digits each, separated by a space, and a line break. */
const HEAD = /^([0-9a-f]{8}) ([0-9a-f]{8})\n$/;
const HEAD_BYTES = 18;

/** Loaded at its first use: loading it is a large part of the cost of a cold start. */
const crc32 = (bytes: Uint8Array): number => builtin("node:zlib").crc32(bytes);
const hex = (value: number): string => value.toString(16).padStart(8, "0");

/** Adds the length and the checksum that show whether a body is complete. */
export function frame(body: Uint8Array): Buffer {
  return Buffer.concat([
    Buffer.from(`${hex(body.length)} ${hex(crc32(body))}\n`),
    body,
    Buffer.from("\n"),
  ]);
}

/** The content of a spool file. */
export interface SpoolContent {
  readonly records: readonly SpoolRecord[];
  /** The bytes after the last complete record; empty when all records are complete. */
  readonly torn: Buffer;
}

/** Reads the records of a file up to the first incomplete one. */
export function readRecords(file: Buffer): SpoolContent {
  const records: SpoolRecord[] = [];
  for (let at = 0; ;) {
    const torn = file.subarray(at);
    const head = HEAD.exec(file.toString("latin1", at, at + HEAD_BYTES));
    if (!head?.[1] || !head[2]) return { records, torn };
    const start = at + HEAD_BYTES;
    const end = start + Number.parseInt(head[1], 16);
    const body = file.subarray(start, end);
    if (end > file.length || hex(crc32(body)) !== head[2]) return { records, torn };
    records.push({ at, body });
    at = end + 1;
  }
}

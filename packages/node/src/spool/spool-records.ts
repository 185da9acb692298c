import { Buffer } from "node:buffer";
import { builtin } from "../runtime/builtin.js";

/** A record that was found whole, and where it begins in its file. */
export interface SpoolRecord {
  readonly at: number;
  readonly body: Buffer;
}

/** Length and checksum as eight hexadecimal digits each, a space between them, a line break after. */
const HEAD = /^([0-9a-f]{8}) ([0-9a-f]{8})\n$/;
const HEAD_BYTES = 18;

/** Taken when it is needed: loading it is a good part of what a cold start would cost. */
const crc32 = (bytes: Uint8Array): number => builtin("node:zlib").crc32(bytes);
const hex = (value: number): string => value.toString(16).padStart(8, "0");

/** One body with what tells whether it is whole. */
export function frame(body: Uint8Array): Buffer {
  return Buffer.concat([
    Buffer.from(`${hex(body.length)} ${hex(crc32(body))}\n`),
    body,
    Buffer.from("\n"),
  ]);
}

export interface SpoolContent {
  readonly records: readonly SpoolRecord[];
  /** What follows the first record that is not whole; empty in a file that is. */
  readonly torn: Buffer;
}

/** The records of a file up to the first one that is torn. */
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

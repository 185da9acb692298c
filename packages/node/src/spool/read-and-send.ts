import { Buffer } from "node:buffer";
import { appendFileSync, existsSync, truncateSync } from "node:fs";
import type * as Files from "node:fs/promises";
import { join } from "node:path";
import type { Envelope } from "@spanmeter/core";
import { halve } from "./split-envelope.js";
import { now } from "../runtime/clock.js";
import { readFolderClock } from "./folder-clock.js";
import type { FolderClock } from "./folder-clock.js";
import { isPlausible } from "./spool-age.js";
import { destinationOf, ownershipOf, ownName, parseName } from "./spool-name.js";
import type { Ownership, SpoolName } from "./spool-name.js";
import { frame, readRecords } from "./spool-records.js";
import type { SpoolRecord } from "./spool-records.js";
import { builtin } from "../runtime/builtin.js";

/** Taken at the first use, so that it costs a cold start nothing. */
const files = (): typeof Files => builtin("node:fs/promises");

/** Long enough for a machine that is off over a holiday. A week. */
const MAX_AGE_MS = 7 * 24 * 3_600_000;

export type SendEnd = "done" | "refused" | "too large" | "later";

export interface Resend {
  readonly folder: string;
  readonly dsn: string;
  /** Brings one envelope to the server and says what became of it. */
  send(envelope: Envelope): Promise<SendEnd>;
  /** Told of each body that is given up. */
  lost(body: Uint8Array, reason: "network_error" | "send_error"): void;
}

/**
 * Sends what earlier processes left behind, one envelope after the other, until one has to wait, which
 * it answers with `false`. A file belongs to whoever renames it; it gets shorter with each envelope that
 * arrived, from its end, so that a process that is killed meanwhile leaves no more behind than is still
 * to be sent.
 */
export async function resend(work: Resend): Promise<boolean> {
  const { folder } = work;
  // A promise of node that fails here would count in the numbers of its warnings.
  if (!existsSync(folder)) return true;
  const destination = destinationOf(work.dsn);
  const names = await files()
    .readdir(folder)
    .catch(() => []);
  const parsed = names.flatMap((name) => parseName(name) ?? []);
  if (parsed.length === 0) return true;
  const clock = await readFolderClock(folder, destination);
  // The oldest come first, so that none grows too old while others are sent.
  for (const name of parsed.sort((a, b) => a.written - b.written)) {
    if (name.destination !== destination) await tidy(folder, name, clock);
    else {
      const claimed = await claim(folder, name, clock);
      // A file that cannot be read, or is gone, holds the others up no longer than that.
      if (claimed && !(await sendFile(claimed, work).catch(() => true))) return false;
    }
  }
  return true;
}

/** A file that is ours to send. */
interface Claimed {
  readonly path: string;
  readonly isOld: boolean;
}

async function claim(
  folder: string,
  name: SpoolName,
  clock: FolderClock,
): Promise<Claimed | undefined> {
  const path = join(folder, name.text);
  try {
    const ownership = await askOwnership(path, name, clock);
    // A name does not tell since when somebody works on the file, and others may look at any moment.
    if (ownership !== "taken") await touch(path, clock());
    if (ownership !== "free") return undefined;
    const written = writtenOf(name, clock());
    const mine = join(folder, ownName(name.destination, written, "sending"));
    await files().rename(path, mine);
    return { path: mine, isOld: clock() - written > MAX_AGE_MS };
  } catch {
    // Another process was quicker.
    return undefined;
  }
}

async function askOwnership(path: string, name: SpoolName, clock: FolderClock): Promise<Ownership> {
  const { mtimeMs } = await files().stat(path);
  return ownershipOf(name, clock() - mtimeMs);
}

const touch = (path: string, time: number): Promise<void> =>
  files()
    .utimes(path, time / 1000, time / 1000)
    .catch(() => {});

/** When a file was written; now where it cannot have been then. */
const writtenOf = ({ written }: SpoolName, now: number): number =>
  isPlausible(now - written) ? written : now;

/** Nobody may ever come for what was meant for another destination. */
async function tidy(folder: string, name: SpoolName, clock: FolderClock): Promise<void> {
  const { rename, rm } = files();
  const path = join(folder, name.text);
  const written = writtenOf(name, clock());
  try {
    if (clock() - written > MAX_AGE_MS) await rm(path, { force: true });
    else if (written !== name.written && (await askOwnership(path, name, clock)) === "free")
      await rename(path, join(folder, ownName(name.destination, written, "ready")));
  } catch {
    // It may be gone, or not be ours to change.
  }
}

/** `false` when the rest has to wait. */
async function sendFile({ path, isOld }: Claimed, work: Resend): Promise<boolean> {
  const { readFile, rename, rm, truncate } = files();
  const file = await readFile(path);
  const { records, torn } = readRecords(file);
  if (torn.length > 0) {
    await truncate(path, file.length - torn.length);
    work.lost(torn, "network_error");
  }
  const left = [...records];
  for (let record = left.pop(); record; record = left.pop()) {
    const { at, body } = record;
    const end = isOld ? "old" : await work.send(parse(body));
    if (end === "later") {
      await rename(path, path.replace(/sending$/, "ready"));
      return false;
    }
    const halves = end === "too large" ? halve(body) : [];
    if (halves.length > 0) {
      left.push(...replaceLast(path, at, halves));
      continue;
    }
    await truncate(path, at);
    if (end !== "done") work.lost(body, end === "old" ? "network_error" : "send_error");
  }
  await rm(path);
  return true;
}

/** At once, so that an `exit` in between loses nothing. */
function replaceLast(path: string, at: number, bodies: readonly Buffer[]): SpoolRecord[] {
  const frames = bodies.map(frame);
  truncateSync(path, at);
  appendFileSync(path, Buffer.concat(frames));
  return readRecords(Buffer.concat(frames)).records.map((record) => ({
    ...record,
    at: at + record.at,
  }));
}

/** The lines of an envelope as Spanmeter writes them; payloads are JSON without line breaks. */
function parse(body: Buffer): Envelope {
  const [head = "{}", ...lines] = body.toString().split("\n");
  const items: Envelope[1] = [];
  for (let i = 0; i + 1 < lines.length; i += 2)
    items.push([JSON.parse(lines[i] ?? "") as object, lines[i + 1]]);
  // Sentry corrects a clock that is wrong by the time of sending.
  return [{ ...(JSON.parse(head) as object), sent_at: new Date(now()).toISOString() }, items];
}

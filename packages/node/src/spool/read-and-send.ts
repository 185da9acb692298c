import { Buffer } from "node:buffer";
import { appendFileSync, existsSync, truncateSync } from "node:fs";
import type * as Files from "node:fs/promises";
import { join } from "node:path";
import type { Envelope } from "@spanmeter/core";
import { builtin } from "../runtime/builtin.js";
import { now } from "../runtime/clock.js";
import { readFolderClock } from "./folder-clock.js";
import type { FolderClock } from "./folder-clock.js";
import { splitEnvelope } from "./split-envelope.js";
import { isPlausible } from "./spool-age.js";
import { createName, destinationOf, ownershipOf, parseName } from "./spool-name.js";
import type { Ownership, SpoolName } from "./spool-name.js";
import { frame, readRecords } from "./spool-records.js";
import type { SpoolRecord } from "./spool-records.js";

/** Loaded at its first use, so that it does not slow down a cold start. */
const files = (): typeof Files => builtin("node:fs/promises");

/** Long enough for a machine that is off over a holiday. A week. */
const MAX_AGE_MS = 7 * 24 * 3_600_000;

/** How the send of one stored envelope ended. `later`: it stays in its file for now. */
export type SendOutcome = "accepted" | "rejected" | "too-large" | "later";

/** The folder to read, and how its envelopes are sent. */
export interface ReadAndSendOptions {
  readonly folder: string;
  readonly dsn: string;
  /** Sends one envelope to the server. */
  send(envelope: Envelope): Promise<SendOutcome>;
  /** Called with each body that is dropped. */
  drop(body: Uint8Array, reason: "network_error" | "send_error"): void;
}

/**
 * Sends the envelopes that earlier processes stored, one after the other. Resolves with `false` as soon
 * as one has to wait.
 *
 * A process claims a file by renaming it. Each envelope that arrived is cut off the end of its file, so a
 * process that is killed leaves only what is still to be sent.
 */
export async function readAndSend(options: ReadAndSendOptions): Promise<boolean> {
  const { folder } = options;
  // A rejected promise would count in the numbers of node's warnings.
  if (!existsSync(folder)) return true;
  const destination = destinationOf(options.dsn);
  const names = await files()
    .readdir(folder)
    .catch(() => []);
  const parsed = names.flatMap((name) => parseName(name) ?? []);
  if (parsed.length === 0) return true;
  const clock = await readFolderClock(folder, destination);
  // The oldest first, so that none becomes too old while others are sent.
  for (const name of parsed.sort((a, b) => a.writtenMs - b.writtenMs)) {
    if (name.destination !== destination) await tidy(folder, name, clock);
    else {
      const claimed = await claim(folder, name, clock);
      // A file that is gone or cannot be read must not hold up the others.
      if (claimed && !(await sendFile(claimed, options).catch(() => true))) return false;
    }
  }
  return true;
}

/** A file that this process sends. */
interface ClaimedFile {
  readonly path: string;
  /** Its envelopes are dropped. */
  readonly isExpired: boolean;
}

async function claim(
  folder: string,
  name: SpoolName,
  clock: FolderClock,
): Promise<ClaimedFile | undefined> {
  const path = join(folder, name.text);
  try {
    const ownership = await readOwnership(path, name, clock);
    // The name does not say since when somebody works on the file, and others may look at any moment.
    if (ownership !== "taken") await touch(path, clock());
    if (ownership !== "free") return undefined;
    const writtenMs = plausibleWrittenMs(name, clock());
    const ownPath = join(folder, createName(name.destination, writtenMs, "sending"));
    await files().rename(path, ownPath);
    return { path: ownPath, isExpired: clock() - writtenMs > MAX_AGE_MS };
  } catch {
    // Another process claimed it first.
    return undefined;
  }
}

async function readOwnership(
  path: string,
  name: SpoolName,
  clock: FolderClock,
): Promise<Ownership> {
  const { mtimeMs } = await files().stat(path);
  return ownershipOf(name, clock() - mtimeMs);
}

const touch = (path: string, timeMs: number): Promise<void> =>
  files()
    .utimes(path, timeMs / 1000, timeMs / 1000)
    .catch(() => {});

/** When a file was written; `nowMs` where its name cannot be true. */
const plausibleWrittenMs = ({ writtenMs }: SpoolName, nowMs: number): number =>
  isPlausible(nowMs - writtenMs) ? writtenMs : nowMs;

/** Removes files of another destination that are too old: no process may ever send them. */
async function tidy(folder: string, name: SpoolName, clock: FolderClock): Promise<void> {
  const { rename, rm } = files();
  const path = join(folder, name.text);
  const writtenMs = plausibleWrittenMs(name, clock());
  try {
    if (clock() - writtenMs > MAX_AGE_MS) await rm(path, { force: true });
    else if (writtenMs !== name.writtenMs && (await readOwnership(path, name, clock)) === "free")
      await rename(path, join(folder, createName(name.destination, writtenMs, "ready")));
  } catch {
    // It may be gone, or belong to another user.
  }
}

/** Resolves with `false` when the rest has to wait. */
async function sendFile(
  { path, isExpired }: ClaimedFile,
  { send, drop }: ReadAndSendOptions,
): Promise<boolean> {
  const { readFile, rename, rm, truncate } = files();
  const file = await readFile(path);
  const { records, torn } = readRecords(file);
  if (torn.length > 0) {
    await truncate(path, file.length - torn.length);
    drop(torn, "network_error");
  }
  const remaining = [...records];
  for (let record = remaining.pop(); record; record = remaining.pop()) {
    const { at, body } = record;
    const outcome = isExpired ? "expired" : await send(parse(body));
    if (outcome === "later") {
      await rename(path, path.replace(/sending$/, "ready"));
      return false;
    }
    const halves = outcome === "too-large" ? splitEnvelope(body) : [];
    if (halves.length > 0) {
      remaining.push(...replaceLast(path, at, halves));
      continue;
    }
    await truncate(path, at);
    if (outcome !== "accepted") drop(body, outcome === "expired" ? "network_error" : "send_error");
  }
  await rm(path);
  return true;
}

/** Synchronous, so that an `exit` in between loses nothing. */
function replaceLast(path: string, at: number, bodies: readonly Buffer[]): SpoolRecord[] {
  const frames = bodies.map(frame);
  truncateSync(path, at);
  appendFileSync(path, Buffer.concat(frames));
  return readRecords(Buffer.concat(frames)).records.map((record) => ({
    ...record,
    at: at + record.at,
  }));
}

/** Reads an envelope as Spanmeter writes it; its payloads are JSON without line breaks. */
function parse(body: Buffer): Envelope {
  const [head = "{}", ...lines] = body.toString().split("\n");
  const items: Envelope[1] = [];
  for (let i = 0; i + 1 < lines.length; i += 2)
    items.push([JSON.parse(lines[i] ?? "") as object, lines[i + 1]]);
  // Sentry corrects a wrong clock by the time of sending.
  return [{ ...(JSON.parse(head) as object), sent_at: new Date(now()).toISOString() }, items];
}

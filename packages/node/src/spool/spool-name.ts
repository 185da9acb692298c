import { createHash, randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { monotonicMs } from "../runtime/clock.js";
import { isPlausible } from "./spool-age.js";

/**
 * `<destination>-<written at>-<host>-<process>-<random>.<state>`: the name of a file says everything
 * about it and changes in one step. `writing` and `sending` have an owner; `ready` has none.
 */
export interface SpoolName {
  /** The name itself. */
  readonly text: string;
  readonly destination: string;
  /** When the file was written, in milliseconds since the epoch, by the clock of the folder. */
  readonly writtenMs: number;
  readonly host: string;
  readonly pid: number;
  readonly state: "writing" | "ready" | "sending";
}

const NAME = /^([0-9a-f]{16})-(\d+)-([0-9a-f]{8})-(\d+)-[0-9a-f]+\.(writing|ready|sending)$/;

const digest = (text: string, digits: number): string =>
  createHash("sha256").update(text).digest("hex").slice(0, digits);

/** The hash of a DSN for file names, which does not reveal its key. */
export const destinationOf = (dsn: string): string => digest(dsn, 16);

const thisHost = (): string => digest(hostname(), 8);

/** A new file name whose owner is this process. */
export function createName(
  destination: string,
  writtenMs: number,
  state: SpoolName["state"],
): string {
  const random = randomBytes(6).toString("hex");
  return `${destination}-${Math.round(writtenMs)}-${thisHost()}-${process.pid}-${random}.${state}`;
}

/** Reads a file name; `undefined` for files that are not part of the spool. */
export function parseName(name: string): SpoolName | undefined {
  const [, destination = "", written, host = "", pid, state] = NAME.exec(name) ?? [];
  if (!state) return undefined;
  return {
    text: name,
    destination,
    writtenMs: Number(written),
    host,
    pid: Number(pid),
    state: state as SpoolName["state"],
  };
}

/**
 * The age in milliseconds after which an untouched file counts as abandoned, where its owner cannot be
 * checked. Each answer truncates a file that is being sent, and no send takes that long.
 */
export const ABANDONED_MS: number = 10 * 60_000;

/** A file is `free` to claim, `taken` by a process, or `unknown` because its age is not plausible. */
export type Ownership = "free" | "taken" | "unknown";

/**
 * Whether a file has an owner. `ageMs` is the time since it was touched, by the clock of its folder.
 *
 * Processes of other hosts and containers, and other threads of this process, cannot be checked; and
 * after a restart of the machine another process may have the pid of the owner. An earlier process with
 * our own pid, as in a restarted container, touched its files before this process began.
 */
export function ownershipOf({ state, host, pid }: SpoolName, ageMs: number): Ownership {
  if (state === "ready") return "free";
  const hasOurPid = host === thisHost() && pid === process.pid;
  if (host === thisHost() && !hasOurPid && !isAlive(pid)) return "free";
  if (!isPlausible(ageMs)) return "unknown";
  return ageMs > ABANDONED_MS || (hasOurPid && ageMs > monotonicMs()) ? "free" : "taken";
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

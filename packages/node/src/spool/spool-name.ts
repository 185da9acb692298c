import { createHash, randomBytes } from "node:crypto";
import { hostname } from "node:os";
import { monotonicMs } from "../runtime/clock.js";
import { isPlausible } from "./spool-age.js";

/**
 * `<destination>-<written at>-<host>-<process>-<random>.<state>`: all that must be known of a file is
 * in its name, which changes in one step. `writing` and `sending` have an owner; `ready` has none.
 */
export interface SpoolName {
  /** The name itself. */
  readonly text: string;
  readonly destination: string;
  /** Milliseconds since the epoch, by the clock of the folder. */
  readonly written: number;
  readonly host: string;
  readonly pid: number;
  readonly state: "writing" | "ready" | "sending";
}

const NAME = /^([0-9a-f]{16})-(\d+)-([0-9a-f]{8})-(\d+)-[0-9a-f]+\.(writing|ready|sending)$/;

const digest = (text: string, digits: number): string =>
  createHash("sha256").update(text).digest("hex").slice(0, digits);

/** Stands for a DSN in file names, without telling its key. */
export const destinationOf = (dsn: string): string => digest(dsn, 16);

const thisHost = (): string => digest(hostname(), 8);

/** A name that belongs to this process. */
export function ownName(destination: string, written: number, state: SpoolName["state"]): string {
  const random = randomBytes(6).toString("hex");
  return `${destination}-${Math.round(written)}-${thisHost()}-${process.pid}-${random}.${state}`;
}

export function parseName(name: string): SpoolName | undefined {
  const [, destination = "", written, host = "", pid, state] = NAME.exec(name) ?? [];
  if (!state) return undefined;
  return {
    text: name,
    destination,
    written: Number(written),
    host,
    pid: Number(pid),
    state: state as SpoolName["state"],
  };
}

/**
 * How long a file may lie untouched until its owner is taken for dead where that cannot be asked. One
 * that is sent gets shorter with each answer, and no send takes that long.
 */
export const ABANDONED_MS: number = 10 * 60_000;

/** A file is `free` to take, `taken` by somebody, or of an age that says nothing. */
export type Ownership = "free" | "taken" | "doubtful";

/**
 * Whether nobody works on a file that was touched so long ago, by the clock of its folder. The processes
 * of other hosts and containers cannot be asked, nor can other threads of this process; and after a
 * restart of the machine the number of the owner may long be somebody else's. An earlier process with our
 * own number, as in a container that was started again, touched its files before this one began.
 */
export function ownershipOf({ state, host, pid }: SpoolName, ageMs: number): Ownership {
  if (state === "ready") return "free";
  const isOurs = host === thisHost() && pid === process.pid;
  if (host === thisHost() && !isOurs && !isAlive(pid)) return "free";
  if (!isPlausible(ageMs)) return "doubtful";
  return ageMs > ABANDONED_MS || (isOurs && ageMs > monotonicMs()) ? "free" : "taken";
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

import type { Drop, Envelope, Undo } from "@spanmeter/core";
import { bytesOf } from "../transport/http/body.js";
import { metricsByName } from "./metrics-by-name.js";
import { writeOwn, writeSpool } from "./spool-file.js";

/** Where a client stores envelopes, and whom it informs about dropped ones. */
export interface SpoolOptions {
  /** A folder, or `false` for none. */
  readonly folder: string | false;
  /** The DSN in force; empty as long as there is none. */
  readonly dsn: () => string;
  /**
   * Called for every loss.
   *
   * @default none
   */
  readonly onDrop?: ((drop: Drop) => void) | undefined;
  /**
   * Logs each envelope that is stored.
   *
   * @default false
   */
  readonly debug?: boolean | undefined;
}

/** Envelopes that could not be sent: stored in a file for the next process, or dropped. */
export interface Spool {
  /** Stores an envelope; `false` when it cannot. `why` it was not sent is logged with `debug`. */
  store(envelope: Envelope, why: string): boolean;
  /** Stores the bodies that there is room for, and drops the others. */
  storeOrDrop(bodies: readonly Uint8Array[], reason: Drop["reason"]): void;
  /** Stores the bodies until it is undone: the next process sends them only if this one dies. */
  storeUntilUndone(bodies: readonly Uint8Array[]): Undo;
  /** Reports the metrics of a body as dropped. */
  drop(body: Uint8Array, reason: Drop["reason"]): void;
}

/** Makes the spool of a client. None of its functions throws. */
export function createSpool({ folder, dsn, onDrop, debug }: SpoolOptions): Spool {
  function write(bodies: readonly Uint8Array[]): number {
    return folder === false || !dsn() ? 0 : writeSpool(folder, dsn(), bodies);
  }

  function logStored(bodies: readonly Uint8Array[], why: string): void {
    if (!debug || bodies.length === 0) return;
    const metrics = bodies.flatMap(metricsByName).reduce((sum, each) => sum + each.metrics, 0);
    try {
      // oxlint-disable-next-line no-console
      console.log(
        `[spanmeter] stored ${metrics} metrics in ${folder} for the next process: ${why}`,
      );
    } catch {
      // The application replaced the console.
    }
  }

  function store(envelope: Envelope, why: string): boolean {
    const bodies = [bytesOf(envelope)];
    const isStored = write(bodies) === 1;
    if (isStored) logStored(bodies, why);
    return isStored;
  }

  function storeOrDrop(bodies: readonly Uint8Array[], reason: Drop["reason"]): void {
    const stored = write(bodies);
    logStored(bodies.slice(0, stored), reason);
    for (const body of bodies.slice(stored)) drop(body, reason);
  }

  function storeUntilUndone(bodies: readonly Uint8Array[]): Undo {
    return folder === false || !dsn() ? () => {} : writeOwn(folder, dsn(), bodies).remove;
  }

  function drop(body: Uint8Array, reason: Drop["reason"]): void {
    for (const metrics of metricsByName(body))
      try {
        onDrop?.({ reason, ...metrics });
      } catch {
        // An error of the application must not hold up the end of the process.
      }
  }

  return { store, storeOrDrop, storeUntilUndone, drop };
}

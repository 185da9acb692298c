import type { Drop, Envelope, Undo } from "@spanmeter/core";
import { bytesOf } from "../transport/http/body.js";
import { lossesOf } from "./metrics-by-name.js";
import { writeOwn, writeSpool } from "./spool-file.js";

export interface LeftoversOptions {
  /** A folder, or `false` for none. */
  readonly spool: string | false;
  /** The DSN in force; empty as long as there is none. */
  readonly dsn: () => string;
  readonly onDrop?: ((drop: Drop) => void) | undefined;
  /** Logs each envelope that is stored. */
  readonly debug?: boolean | undefined;
}

/** What could not be sent: kept in a file for the next process, or announced as lost. */
export interface Leftovers {
  /** `true` when the envelope is safe in a file. `why` it was not sent is for `debug`. */
  keep(envelope: Envelope, why: string): boolean;
  /** Keeps what there is room for, and announces the rest. */
  keepOrLose(bodies: readonly Uint8Array[], reason: Drop["reason"]): void;
  /** Keeps what there is room for until it is undone: the next process finds it only if this one dies. */
  putAside(bodies: readonly Uint8Array[]): Undo;
  lose(body: Uint8Array, reason: Drop["reason"]): void;
}

export function createLeftovers(options: LeftoversOptions): Leftovers {
  const { spool, dsn, onDrop, debug } = options;
  const write = (bodies: readonly Uint8Array[]): number =>
    spool === false || !dsn() ? 0 : writeSpool(spool, dsn(), bodies);

  function lose(body: Uint8Array, reason: Drop["reason"]): void {
    for (const loss of lossesOf(body))
      try {
        onDrop?.({ reason, ...loss });
      } catch {
        // The application's own fault must not hold up the end.
      }
  }
  function logStored(bodies: readonly Uint8Array[], why: string): void {
    if (!debug || bodies.length === 0) return;
    const metrics = bodies.flatMap(lossesOf).reduce((sum, each) => sum + each.metrics, 0);
    try {
      // oxlint-disable-next-line no-console
      console.log(`[spanmeter] stored ${metrics} metrics in ${spool} for the next process: ${why}`);
    } catch {
      // A console that the application replaced.
    }
  }
  return {
    keep(envelope, why) {
      const bodies = [bytesOf(envelope)];
      const isSafe = write(bodies) === 1;
      if (isSafe) logStored(bodies, why);
      return isSafe;
    },
    keepOrLose(bodies, reason) {
      const safe = write(bodies);
      logStored(bodies.slice(0, safe), reason);
      for (const body of bodies.slice(safe)) lose(body, reason);
    },
    putAside: (bodies) =>
      spool === false || !dsn() ? () => {} : writeOwn(spool, dsn(), bodies).remove,
    lose,
  };
}

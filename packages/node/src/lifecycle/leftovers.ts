import { serializeEnvelope } from "@spanmeter/core";
import type { Drop, Envelope, Undo } from "@spanmeter/core";
import { exit } from "../transport/exit.js";
import { lossesOf } from "./losses.js";
import { writeOwn, writeSpool } from "./spool.js";

export interface LeftoversOptions {
  /** A folder, or `false` for none. */
  readonly spool: string | false;
  /** The DSN in force; empty as long as there is none. */
  readonly dsn: () => string;
  readonly onDrop?: ((drop: Drop) => void) | undefined;
}

/** What could not be sent: kept in a file for the next process, or announced as lost. */
export interface Leftovers {
  /** `true` when the envelope is safe in a file. */
  keep(envelope: Envelope): boolean;
  /** Keeps what there is room for, and announces the rest. */
  keepOrLose(bodies: readonly Uint8Array[], reason: Drop["reason"]): void;
  /** Keeps what there is room for until it is undone: the next process finds it only if this one dies. */
  putAside(bodies: readonly Uint8Array[]): Undo;
  lose(body: Uint8Array, reason: Drop["reason"]): void;
}

export function createLeftovers({ spool, dsn, onDrop }: LeftoversOptions): Leftovers {
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
  return {
    keep: (envelope) => write([bytesOf(envelope)]) === 1,
    keepOrLose(bodies, reason) {
      for (const body of bodies.slice(write(bodies))) lose(body, reason);
    },
    putAside: (bodies) =>
      spool === false || !dsn() ? () => {} : writeOwn(spool, dsn(), bodies).remove,
    lose,
  };
}

export const bytesOf = (envelope: Envelope): Uint8Array =>
  serializeEnvelope(envelope, exit.encodeUtf8);

import { serializeEnvelope } from "@spanmeter/core";
import type { Drop, Envelope } from "@spanmeter/core";
import { exit } from "../transport/exit.js";
import { writeSpool } from "./spool.js";

export interface LeftoversOptions {
  /** A folder, or `false` for none. */
  readonly spool: string | false;
  readonly dsn: string;
  readonly onDrop?: ((drop: Drop) => void) | undefined;
}

/** What could not be sent: kept in a file for the next process, or announced as lost. */
export interface Leftovers {
  /** `true` when the envelope is safe in a file. */
  keep(envelope: Envelope): boolean;
  /** Keeps what there is room for, and announces the rest. */
  keepOrLose(bodies: readonly Uint8Array[]): void;
  lose(body: Uint8Array, reason: Drop["reason"]): void;
}

export function createLeftovers({ spool, dsn, onDrop }: LeftoversOptions): Leftovers {
  const write = (bodies: readonly Uint8Array[]): number =>
    spool === false ? 0 : writeSpool(spool, dsn, bodies);

  function lose(body: Uint8Array, reason: Drop["reason"]): void {
    try {
      const metrics = countOf(body);
      if (metrics > 0) onDrop?.({ reason, metrics, bytes: body.length });
    } catch {
      // The application's own fault must not hold up the end.
    }
  }
  return {
    keep: (envelope) => write([bytesOf(envelope)]) === 1,
    keepOrLose(bodies) {
      for (const body of bodies.slice(write(bodies))) lose(body, "network_error");
    },
    lose,
  };
}

export const bytesOf = (envelope: Envelope): Uint8Array =>
  serializeEnvelope(envelope, exit.encodeUtf8);

/** How many metrics an envelope of ours carries. */
function countOf(body: Uint8Array): number {
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString();
  return Number(/"item_count":(\d+)/.exec(text)?.[1] ?? 0);
}

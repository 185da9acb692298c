import type { Client } from "../contract/client.js";
import type { AttributeMap, Trace } from "../contract/metric.js";
import type { RecordCall } from "../contract/stage.js";
import { copyAttributes } from "../engine/attributes.js";
import { readOptions } from "../record/call-options.js";

/** How many early calls are buffered; later ones are only counted. */
export const MAX_EARLY_CALLS = 100;

/** Buffers calls that are made while there is no client, or no destination, to record them. */
export interface EarlyCalls {
  /** Buffers a call with the time, trace and attributes it was made with. Never throws. */
  readonly record: RecordCall;
  /** How many calls were made, those that were not buffered included. */
  count(): number;
  /** Counts calls that another buffer had no room for. */
  miss(calls: number): void;
  /** Records the buffered calls, and reports the others as lost. */
  release(client: Client): void;
}

/** Reads the surroundings of a call at the moment it is made. None of these functions may throw. */
export interface Surroundings {
  /** Seconds since the epoch. */
  time(): number;
  trace(): Trace | undefined;
  /** The attributes of the `withAttributes` that is running. */
  surrounding(): AttributeMap | undefined;
}

/** Buffers up to {@link MAX_EARLY_CALLS} calls. */
export function createEarlyCalls({ time, trace, surrounding }: Surroundings): EarlyCalls {
  const buffered: ((client: Client) => void)[] = [];
  let made = 0;

  function record(...[type, name, value, given]: Parameters<RecordCall>): void {
    // While nothing can be recorded, a call must cost next to nothing.
    if (made++ >= MAX_EARLY_CALLS) return;
    const verb = type === "counter" ? "count" : type;
    const attributes = surrounding();
    try {
      const read = readOptions(given);
      const options = {
        ...read,
        attributes: copyAttributes(read.attributes),
        // Cloudflare's clock is 0 until the first request. Then the time of the release is the closest there is.
        timestamp: read.timestamp ?? (time() || undefined),
        trace: read.trace ?? (read.scope ? undefined : trace()),
      };
      buffered.push((client) => {
        const call = (): void => client.metrics[verb](name, value, options);
        if (attributes) client.withAttributes(attributes, call);
        else call();
      });
    } catch {
      // A proxy may throw at any time: the call is reported as lost.
    }
  }

  return {
    record,
    count: () => made,
    miss(calls) {
      made += calls;
    },
    release(client) {
      for (const call of buffered) call(client);
      if (made > buffered.length) client.missed?.(made - buffered.length);
    },
  };
}

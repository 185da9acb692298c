import { copyAttributes, type Bag } from "../engine/attributes.js";
import type { Client } from "../contract/client.js";
import type { Trace } from "../contract/metric.js";
import { readOptions } from "../record/call-options.js";
import type { RecordCall } from "../record/recorder.js";

/** How many early calls are kept; those after them are only counted. */
export const MAX_EARLY_CALLS = 100;

/** Calls that are made while there is no client, or no destination, to record them. */
export interface EarlyCalls {
  /** Keeps a call with the time, trace and attributes it was made with. Never throws. */
  readonly record: RecordCall;
  /** How many calls were made, those that were not kept included. */
  count(): number;
  /** Counts calls that somebody else could not keep. */
  miss(calls: number): void;
  /** Records the calls that were kept, and announces the others as lost. */
  release(client: Client): void;
}

/** What surrounds a call at the moment it is made. None of it may throw. */
export interface Surroundings {
  /** Seconds since the epoch. */
  time(): number;
  trace(): Trace | undefined;
  /** The attributes of the `withAttributes` that is running. */
  around(): Bag | undefined;
}

export function createEarlyCalls({ time, trace, around }: Surroundings): EarlyCalls {
  const kept: ((client: Client) => void)[] = [];
  let made = 0;
  return {
    record(type, name, value, given) {
      // While nothing can be recorded, a call must cost next to nothing.
      if (made++ >= MAX_EARLY_CALLS) return;
      const verb = type === "counter" ? "count" : type;
      const surrounding = around();
      try {
        const read = readOptions(given);
        const options = {
          ...read,
          attributes: copyAttributes(read.attributes),
          timestamp: read.timestamp ?? time(),
          trace: read.trace ?? (read.scope ? undefined : trace()),
        };
        kept.push((client) => {
          const call = (): void => client.metrics[verb](name, value, options);
          if (surrounding) client.withAttributes(surrounding, call);
          else call();
        });
      } catch {
        // A proxy may throw whatever it likes, whenever it likes: the call is announced as lost.
      }
    },
    count: () => made,
    miss(calls) {
      made += calls;
    },
    release(client) {
      for (const call of kept) call(client);
      if (made > kept.length) client.missed?.(made - kept.length);
    },
  };
}

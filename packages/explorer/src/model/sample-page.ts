import type { TraceCounts } from "./exemplar.js";
import type { Item } from "./item.js";

/** A single received metric. */
export interface Sample extends Item {
  /** Stored spans, errors and logs of its trace; absent without a trace. */
  trace?: TraceCounts;
}

/** A page of single received metrics. */
export interface SamplePage {
  /** The samples, in the order asked for. */
  samples: Sample[];
  /** The `cursor` of the next page; absent after the last one. */
  next?: string;
}

import type { Item } from "./item.js";

/** A page of single received metrics. */
export interface SamplePage {
  /** The samples, in the order asked for. */
  samples: Item[];
  /** The `cursor` of the next page; absent after the last one. */
  next?: string;
}

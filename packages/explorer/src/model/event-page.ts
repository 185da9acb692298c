import type { Item } from "./item.js";

/** A page of errors, logs and spans. */
export interface EventPage {
  /** The events without their `detail`, the newest first. */
  events: Item[];
  /** The `cursor` of the next page; absent after the last one. */
  next?: string;
}

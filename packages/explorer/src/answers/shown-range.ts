import { isoTime } from "../model/iso-time.js";
import type { ShownRange } from "../model/shown-range.js";
import { rangeSeconds, type TimeRange } from "../questions/time-range.js";

/** Converts a range to the form that the API returns. */
export const shownRange = (range: TimeRange): ShownRange => ({
  since: isoTime(range.sinceNs),
  until: isoTime(range.untilNs),
  seconds: rangeSeconds(range),
});

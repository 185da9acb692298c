import type { Item } from "../../model/item.js";
import { parseTime } from "../../model/parse-time.js";
import type { Colours } from "../text/colour.js";
import { itemLines } from "./item-line.js";
import { SHORT_ID } from "../text/short-id.js";
import { formatDuration } from "../text/unit.js";

/** Widths in characters: from `WIDE` a line has the whole trace id, below `NARROW` a shorter time. */
const WIDE = 120;
const NARROW = 60;

interface ArrivalOptions {
  colours: Colours;
  /** Width of a line in characters; `undefined`: no limit. */
  width: number | undefined;
}

/** Formats an item for `tail`: its time, the item, and the first digits of its trace id for `spanmeter trace`. */
export function formatArrival(item: Item, { colours, width = Infinity }: ArrivalOptions): string[] {
  const start = `${startOf(item, width)} `;
  const end = endOf(item, width);
  const [first = "", ...notes] = itemLines(item, colours, {
    room: width - start.length - end.length,
    noteWidth: width - HANGING.length,
  });
  return [
    `${colours.faint(start)}${first}${colours.faint(end)}`,
    ...notes.map((note) => HANGING + note),
  ];
}

const HANGING = "  ";

function endOf({ traceId }: Item, width: number): string {
  if (traceId === undefined) return "";
  if (width >= WIDE) return ` trace ${traceId}`;
  return `${width >= NARROW ? " trace" : ""} ${traceId.slice(0, SHORT_ID)}`;
}

/** An item older than this was sent later than it was recorded, for example from a spool. In milliseconds. */
const LATE_MS = 60_000;

/**
 * Returns the time of day of an item. An item that arrives late, for example from the spool of a process that has ended,
 * has the date and the delay, too.
 */
function startOf(item: Item, width: number): string {
  const clock = item.time.slice(11, width >= NARROW ? 23 : 19);
  const received = parseTime(item.receivedAt) ?? 0n;
  const lateMs = Number(received - (parseTime(item.time) ?? received)) / 1e6;
  if (lateMs < LATE_MS) return clock;
  const day = item.time.slice(width >= NARROW ? 0 : 5, 10);
  return `${day} ${clock.slice(0, 8)} (${formatDuration(lateMs)} late)`;
}

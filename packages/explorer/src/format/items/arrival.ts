import type { Item } from "../../model/item.js";
import { parseTime } from "../../model/parse-time.js";
import type { Colours } from "../text/colour.js";
import { itemLines } from "./item-line.js";
import { SHORT_ID } from "../text/short-id.js";
import { formatDuration } from "../text/unit.js";

/** From here on there is room for whole trace ids, and for more than the time of day. */
const WIDE = 120;
const NARROW = 60;

interface Look {
  colours: Colours;
  /** Characters of a line; `undefined` where nothing limits it. */
  width: number | undefined;
}

/** An item as `tail` shows it: when, what, and in which trace. From here a reader goes on with `spanmeter trace`. */
export function formatArrival(item: Item, { colours, width = Infinity }: Look): string[] {
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

/** What is older than this did not come from a live sender, but from a queue or a spool. */
const LATE_MS = 60_000;

/**
 * The time of day at which it happened. What arrives much later was kept by its sender, perhaps by a process that ended
 * before this explorer began: it shows its day, and how late it is.
 */
function startOf(item: Item, width: number): string {
  const clock = item.time.slice(11, width >= NARROW ? 23 : 19);
  const received = parseTime(item.receivedAt) ?? 0n;
  const lateMs = Number(received - (parseTime(item.time) ?? received)) / 1e6;
  if (lateMs < LATE_MS) return clock;
  const day = item.time.slice(width >= NARROW ? 0 : 5, 10);
  return `${day} ${clock.slice(0, 8)} (${formatDuration(lateMs)} late)`;
}

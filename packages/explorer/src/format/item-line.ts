import stringWidth from "string-width";
import type { Item } from "../query/item.js";
import { formatAttributes } from "./attributes.js";
import { clip } from "./clip.js";
import type { Colours } from "./colour.js";
import { nameText, safeText } from "./safe-text.js";
import { formatDuration, formatValue } from "./unit.js";

/** `hh:mm:ss.mmm`, in UTC as everything in the store. */
export const clockTime = (item: Item): string => item.time.slice(11, 23);

/** Streamed root spans carry a page of host facts; JSON output has them all. */
const MAX_ATTRIBUTES = 120;
/** In a narrow terminal attributes give way, down to this. */
const MIN_ATTRIBUTES = 12;

/** What an item says, without its time: the middle of a line in `tail` and beside a span, if possible in `room` characters. */
export function describeItem(item: Item, colours: Colours, room: number = Infinity): string {
  const start = joined(itemMark(item, colours), nameOf(item, colours), magnitude(item));
  const notes = notesOf(item, colours);
  const taken = stringWidth(joined(start, notes)) + 1;
  const left = Math.min(MAX_ATTRIBUTES, Math.max(MIN_ATTRIBUTES, room - taken));
  const attributes = clip(formatAttributes(item.attributes), left);
  return joined(start, attributes === "" ? "" : colours.faint(attributes), notes);
}

const joined = (...parts: string[]): string => parts.filter((part) => part !== "").join(" ");

const nameOf = (item: Item, colours: Colours): string => colours.strong(nameText(item.name));

function itemMark(item: Item, colours: Colours): string {
  if (item.kind === "error") return colours.bad(safeText(item.level ?? "error"));
  if (item.kind === "log") return `log ${safeText(item.level ?? "")}`.trim();
  return item.kind === "metric" ? safeText(item.type ?? "metric") : item.kind;
}

function magnitude(item: Item): string {
  if (item.durationMs !== undefined) return formatDuration(item.durationMs);
  if (item.value === undefined) return "";
  const times = item.weight === 1 ? "" : ` (stands for ${Math.round(item.weight * 100) / 100})`;
  return `${formatValue(item.value, item.unit)}${times}`;
}

/** Nothing when the item was simply accepted. */
function notesOf(item: Item, colours: Colours): string {
  if (item.notes.length === 0) return "";
  const text = `[${item.verdict}: ${item.notes.map((note) => safeText(note.message)).join("; ")}]`;
  return item.verdict === "dropped" ? colours.bad(text) : colours.warn(text);
}

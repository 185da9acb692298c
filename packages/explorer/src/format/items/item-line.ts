import stringWidth from "string-width";
import type { Item } from "../../model/item.js";
import { formatAttributes } from "./attributes.js";
import { clip } from "../text/clip.js";
import type { Colours } from "../text/colour.js";
import { nameText, safeText } from "../text/safe-text.js";
import { formatDuration, formatValue } from "../text/unit.js";
import { wrap } from "../text/wrap.js";

/** `hh:mm:ss.mmm`, in UTC as everything in the store. */
export const clockTime = (item: Item): string => item.time.slice(11, 23);

/** Streamed root spans carry a page of host facts; JSON output has them all. */
const MAX_ATTRIBUTES = 120;
/** With less room than this, attributes say nothing. */
const MIN_ATTRIBUTES = 8;

/**
 * What an item says, without its time: the middle of a line in `tail` and beside a span. In `room` characters, as the
 * first of several lines where its notes need more; `noteWidth` is that of the others.
 */
export function itemLines(
  item: Item,
  colours: Colours,
  { room = Infinity, noteWidth = room }: { room?: number; noteWidth?: number } = {},
): string[] {
  const parts = [itemMark(item), nameText(item.name), magnitude(item)];
  const start = fitParts(parts, room);
  const notes = notesOf(item);
  const paint = item.verdict === "dropped" ? colours.bad : colours.warn;
  const taken = stringWidth(joined(...start)) + 1;
  const isInline = notes !== "" && taken + stringWidth(notes) <= room;
  const left = room - taken - (isInline ? stringWidth(notes) + 1 : 0);
  const attributes =
    left < MIN_ATTRIBUTES
      ? ""
      : clip(formatAttributes(item.attributes), Math.min(MAX_ATTRIBUTES, left));
  const line = joined(
    ...painted(start, item, colours),
    attributes === "" ? "" : colours.faint(attributes),
    isInline ? paint(notes) : "",
  );
  return isInline || notes === "" ? [line] : [line, ...wrap(notes, noteWidth).map(paint)];
}

/** The name gives way first, then whatever is at the end. */
function fitParts(parts: string[], room: number): string[] {
  const excess = stringWidth(joined(...parts)) - room;
  if (excess <= 0) return parts;
  const [mark = "", name = "", amount = ""] = parts;
  const nameRoom = Math.max(MIN_NAME, stringWidth(name) - excess);
  const shorter = [mark, clip(name, nameRoom), amount];
  const isFitting = stringWidth(joined(...shorter)) <= room;
  return isFitting ? shorter : [clip(joined(...shorter), Math.max(1, room)), "", ""];
}

const MIN_NAME = 6;

const joined = (...parts: string[]): string => parts.filter((part) => part !== "").join(" ");

function painted([mark = "", name = "", amount = ""]: string[], item: Item, colours: Colours) {
  const isError = item.kind === "error";
  return [isError ? colours.bad(mark) : mark, name && colours.strong(name), amount];
}

function itemMark(item: Item): string {
  if (item.kind === "error") return safeText(item.level ?? "error");
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
function notesOf({ notes, verdict }: Item): string {
  if (notes.length === 0) return "";
  return `[${verdict}: ${notes.map((note) => safeText(note.message)).join("; ")}]`;
}

import stringWidth from "string-width";
import type { Item } from "../../model/item.js";
import { formatAttributes } from "./attributes.js";
import { clip } from "../text/clip.js";
import type { Colours } from "../text/colour.js";
import { nameText, safeText } from "../text/safe-text.js";
import { formatDuration, formatValue } from "../text/unit.js";
import { wrap } from "../text/wrap.js";

/** Returns the time of day of an item as `hh:mm:ss.mmm`, in UTC. */
export const clockTime = (item: Item): string => item.time.slice(11, 23);

/** Most characters of attributes: streamed root spans have very many; JSON output has all. */
const MAX_ATTRIBUTES = 120;
/** Fewest characters for attributes: with less room they are left out. */
const MIN_ATTRIBUTES = 8;

/**
 * Formats an item without its time, for `tail` and for the lines below a span. Its notes are further lines when they do
 * not fit into the first.
 * @param room - width of the first line in characters
 * @param noteWidth - width of the other lines in characters
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

/** Cuts the name first, then the end of the line. */
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

/** Formats the notes of an item; an empty text when it has none. */
function notesOf({ notes, verdict }: Item): string {
  if (notes.length === 0) return "";
  return `[${verdict}: ${notes.map((note) => safeText(note.message)).join("; ")}]`;
}

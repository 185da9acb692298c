import stringWidth from "string-width";
import { callsOf, callsText, FOLDED } from "../../model/calls.js";
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

/** The start of a line: the mark of the kind, the name, and the value or duration. */
interface Start {
  mark: string;
  name: string;
  amount: string;
}

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
  const whole = { mark: itemMark(item), name: nameText(item.name), amount: magnitude(item) };
  const start = fitStart(whole, room);
  const notes = notesOf(item);
  const paint = item.verdict === "dropped" ? colours.bad : colours.warn;
  const startWidth = widthOf(start) + 1;
  const isInline = notes !== "" && startWidth + stringWidth(notes) <= room;
  const attributeRoom = room - startWidth - (isInline ? stringWidth(notes) + 1 : 0);
  const attributes = attributesOf(item, attributeRoom);
  const line = joined(
    paintStart(start, item, colours),
    attributes === "" ? "" : colours.faint(attributes),
    isInline ? paint(notes) : "",
  );
  return isInline || notes === "" ? [line] : [line, ...wrap(notes, noteWidth).map(paint)];
}

/** Cuts the name first, then the end of the line. */
function fitStart(start: Start, room: number): Start {
  const excess = widthOf(start) - room;
  if (excess <= 0) return start;
  const nameRoom = Math.max(MIN_NAME, stringWidth(start.name) - excess);
  const shorter = { ...start, name: clip(start.name, nameRoom) };
  if (widthOf(shorter) <= room) return shorter;
  return { mark: clip(textOf(shorter), Math.max(1, room)), name: "", amount: "" };
}

const MIN_NAME = 6;

const joined = (...parts: string[]): string => parts.filter((part) => part !== "").join(" ");

const textOf = ({ mark, name, amount }: Start): string => joined(mark, name, amount);

const widthOf = (start: Start): number => stringWidth(textOf(start));

function paintStart({ mark, name, amount }: Start, item: Item, colours: Colours): string {
  const paintMark = item.kind === "error" ? colours.bad : (text: string) => text;
  return joined(paintMark(mark), name && colours.strong(name), amount);
}

function attributesOf(item: Item, room: number): string {
  if (room < MIN_ATTRIBUTES) return "";
  return clip(formatAttributes(item.attributes), Math.min(MAX_ATTRIBUTES, room));
}

function itemMark(item: Item): string {
  if (item.kind === "error") return safeText(item.level ?? "error");
  if (item.kind === "log") return `log ${safeText(item.level ?? "")}`.trim();
  return item.kind === "metric" ? safeText(item.type ?? "metric") : item.kind;
}

function magnitude(item: Item): string {
  if (item.durationMs !== undefined) return formatDuration(item.durationMs);
  if (item.value === undefined) return "";
  const calls = callsText(callsOf(item.weight, item.attributes[FOLDED]));
  return joined(formatValue(item.value, item.unit), calls && `(${calls})`);
}

/** Formats the notes of an item; an empty text when it has none. */
function notesOf({ notes, verdict }: Item): string {
  if (notes.length === 0) return "";
  return `[${verdict}: ${notes.map((note) => safeText(note.message)).join("; ")}]`;
}

import type { Item } from "@spanmeter/explorer/model/item";
import { formatTime } from "../format/time.js";
import { formatMs, formatValue } from "../format/value.js";

/** A row has no room for more characters of a text, and a hostile one has very many. */
const MAX_TEXT = 300;

/** Characters that nobody sees, and those that turn the text around. */
// oxlint-disable-next-line no-control-regex -- received text may have any
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const escape = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

function clip(text: string): string {
  const short = text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  return short.replace(UNSEEN, escape);
}

/** Writes the time of an item with milliseconds. */
export const timeText = ({ time }: Item): string => `${formatTime(time)}.${time.slice(20, 23)}`;

/** Writes the kind of an item, of an error or log with its level. */
export const kindText = ({ kind, level }: Item): string =>
  level === undefined || level === kind ? kind : `${kind} ${clip(level)}`;

/** Returns the class of the colour of the kind. */
export function toneOf({ kind, level = "" }: Item): "bad" | "warn" | "faint" {
  if (kind === "error" || level === "error" || level === "fatal") return "bad";
  return level.startsWith("warn") ? "warn" : "faint";
}

/** Writes the name of an item. */
export const nameText = ({ name }: Item): string => clip(name);

/** Writes what an item measures: a value, or the duration of a span. */
export function valueText({ kind, type, value, unit, durationMs }: Item): string {
  if (durationMs !== undefined) return formatMs(durationMs);
  if (value === undefined) return "";
  const text = formatValue(value, unit ?? "none");
  return kind === "metric" && type === "counter" && value >= 0 ? `+${text}` : text;
}

/** Writes what Sentry would have done to an item. */
export const notesText = ({ notes }: Item): string =>
  clip(notes.map(({ message }) => message).join("; "));

/** Writes the attributes of an item, without those that SDKs add to every one. */
export function attributesText({ attributes }: Item): string {
  let text = "";
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("sentry.") || key === "server.address") continue;
    text += `${text && " "}${key}=${typeof value === "object" ? JSON.stringify(value) : value}`;
    if (text.length > MAX_TEXT) break;
  }
  return clip(text);
}

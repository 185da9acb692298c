import { callsText } from "@spanmeter/explorer/model/calls";
import type { TraceMark } from "@spanmeter/explorer/model/trace-page";
import { formatValue } from "../format/value.js";

/** Returns the class that gives a mark its colour. */
export function toneOf({
  kind,
  level = "",
  verdict,
}: TraceMark): "bad" | "warn" | "metric" | "faint" {
  if (verdict === "dropped") return "faint";
  if (kind === "metric") return "metric";
  if (kind === "error" || level === "error" || level === "fatal") return "bad";
  return level.startsWith("warn") ? "warn" : "faint";
}

/** Returns how many calls a metric stands for, such as `(30 calls)`; empty for one call, and for other kinds. */
export function callsOfMark({ calls = 1 }: TraceMark): string {
  const text = callsText(calls);
  return text && `(${text})`;
}

/** Returns the name of a mark with its value, and the number of calls that it stands for. */
export const titleOfMark = (mark: TraceMark): string =>
  `${mark.name} ${textOfMark(mark)} ${callsOfMark(mark)}`.trimEnd();

/** Returns a mark in words: the value of a metric, the level of a log. */
export function textOfMark({ kind, level, value, unit, type }: TraceMark): string {
  if (kind === "log") return level ?? "log";
  if (kind !== "metric") return kind;
  if (value === undefined) return "no value";
  const text = formatValue(value, unit ?? "none");
  return type === "counter" && value >= 0 ? `+${text}` : text;
}

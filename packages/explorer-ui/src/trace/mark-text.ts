import type { TraceMark } from "@spanmeter/explorer/model/trace-page";
import { formatValue } from "../format/value.js";

/** The sign of a mark, which stands before its name and at its place in time. */
export function signOf({ kind, verdict }: TraceMark): string {
  if (verdict === "dropped") return "⊘";
  if (kind === "metric") return "◆";
  return kind === "error" ? "✖" : "▪";
}

/** The class of the colour of a mark. */
export function toneOf({ kind, level = "" }: TraceMark): "bad" | "warn" | "metric" | "faint" {
  if (kind === "metric") return "metric";
  if (kind === "error" || level === "error" || level === "fatal") return "bad";
  return level.startsWith("warn") ? "warn" : "faint";
}

/** What a mark is, in words: a metric's value, a log's level. */
export function textOfMark({ kind, level, value, unit, type }: TraceMark): string {
  if (kind === "log") return level ?? "log";
  if (kind !== "metric") return kind;
  const text = formatValue(value, unit ?? "none");
  return type === "counter" && (value ?? 0) >= 0 ? `+${text}` : text;
}

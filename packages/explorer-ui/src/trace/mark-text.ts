import type { TraceMark } from "@spanmeter/explorer/model/trace-page";
import { formatValue } from "../format/value.js";

/** The class of the colour of a mark. */
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

/** What a mark is, in words: a metric's value, a log's level. */
export function textOfMark({ kind, level, value, unit, type }: TraceMark): string {
  if (kind === "log") return level ?? "log";
  if (kind !== "metric") return kind;
  if (value === undefined) return "no value";
  const text = formatValue(value, unit ?? "none");
  return type === "counter" && value >= 0 ? `+${text}` : text;
}

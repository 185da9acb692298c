import { stringifyJson } from "../../../model/json.js";

/**
 * Writes JSON that DuckDB can read. `JSON.stringify` writes lone surrogates as escapes (`\ud800`), which are valid JSON
 * but make every later JSON function on that column fail; they become the replacement character.
 */
export function jsonText(value: unknown): string {
  const text = stringifyJson(value);
  if (!text.includes("\\ud")) return text;
  return text.replaceAll(/\\(?:u[0-9a-f]{4}|.)/g, (escape) =>
    escape.startsWith("\\ud") ? "\\ufffd" : escape,
  );
}

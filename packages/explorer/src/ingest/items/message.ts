import { textOrJson } from "../fields/coerce.js";
import { asArray, asText, isObject, type JsonObject } from "../fields/json.js";

/** Reads the message of an event: a template with parameters, or plain text. Anything else becomes JSON text, as in Relay. */
export function readLogEntry(value: unknown): JsonObject | undefined {
  if (value === undefined || value === null || value === false) return undefined;
  return isObject(value) ? value : { formatted: textOrJson(value) };
}

/** Returns the text of a message. A template is filled in when the SDK has not done it. */
export function messageOf(entry: JsonObject): string | undefined {
  const template = asText(entry["message"]);
  return asText(entry["formatted"]) ?? (template && fillIn(template, entry["params"]));
}

/** Fills in `%s` and `%(name)s`, or `{}`, `{0}` and `{name}`. A template with missing parameters stays as it is. */
function fillIn(template: string, params: unknown): string {
  const placeholder = template.includes("%")
    ? /%(?:\((?<name>\w+)\))?(?<type>[sdifr%])/g
    : /\{(?<name>\w*)\}/g;
  let next = 0;
  let isMissing = false;
  const text = template.replaceAll(placeholder, (...found: unknown[]) => {
    const { name, type } = found.at(-1) as { name?: string; type?: string };
    if (type === "%") return "%";
    const value = parameterAt(params, name || String(next++));
    isMissing ||= value === undefined;
    return value ?? "";
  });
  return isMissing ? template : text;
}

function parameterAt(params: unknown, name: string): string | undefined {
  if (isObject(params)) return Object.hasOwn(params, name) ? textOrJson(params[name]) : undefined;
  return textOrJson(asArray(params)[Number(name)]);
}

import { usageError } from "./query-error.js";

const SECONDS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
};

/** Parses a duration such as `90s`, `1h30m`, `500ms`, `2d` or `1w` into nanoseconds. Returns `undefined` for text that is no duration. */
export function parseDuration(text: string): bigint | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[smhdw]))+$/.test(text)) return undefined;
  let seconds = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|[smhdw])/g)) {
    seconds += Number(amount) * (SECONDS[unit ?? ""] ?? 0);
  }
  return seconds > 0 && seconds < 1e9 ? BigInt(Math.round(seconds * 1e9)) : undefined;
}

/** Reads a duration into nanoseconds. Throws a usage error that names the option for text that is no duration. */
export function requireDuration(option: string, text: string): bigint {
  const duration = parseDuration(text);
  if (duration !== undefined) return duration;
  throw usageError(`${option} is "${text}"; give a duration such as 10s, 5m or 1h30m`);
}

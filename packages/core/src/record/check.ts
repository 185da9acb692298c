import type { Diagnostics } from "../contract/engine.js";

/** Whether it is one of the three types. Comparisons are faster than a list. */
const isType = (type: unknown): boolean =>
  type === "counter" || type === "distribution" || type === "gauge";

/** Whether a call can be recorded at all; if not, warns a developer why. */
export function check(
  diagnostics: Diagnostics,
  type: unknown,
  name: unknown,
  value: unknown,
): boolean {
  const isName = typeof name === "string" && name.trim() !== "";
  // NaN and Infinity become `null` in JSON, which makes Relay drop the metric
  // (docs/protocol.md#refused-metrics).
  const isGood = isName && Number.isFinite(value) && isType(type);
  if (__DEV__ && !isGood)
    diagnostics.warn(`invalid ${show(name)}`, problem(type, name, value, isName));
  return isGood;
}

function problem(type: unknown, name: unknown, value: unknown, isName: boolean): string {
  if (!isName)
    return `A metric was dropped: its name is ${show(name)}; it must be text that is not blank.`;
  return isType(type)
    ? `The ${String(type)} "${label(name)}" was dropped: its value is ${show(value)}, not a finite number.`
    : `The metric "${label(name)}" was dropped: its type is ${show(type)}.`;
}

const label = (name: unknown): string => String(name).slice(0, 100);

/** Says what was given without touching it: a hostile object may throw when it is made text. */
function show(given: unknown): string {
  const kind = typeof given;
  if (kind === "string") return `the text "${(given as string).slice(0, 100)}"`;
  if (kind === "number" || given === null || given === undefined) return String(given);
  return kind === "object" ? "an object" : `a ${kind}`;
}

import type { Change, Changes, SkippedKey } from "../../model/changes.js";
import { formatNumber } from "../text/number.js";
import { nameText, safeText } from "../text/safe-text.js";
import { formatDuration } from "../text/unit.js";
import { measureName, measureText, probabilityText, shareText, valueText } from "./value-text.js";

/** Says what was compared with what. */
export function comparedText({ metric, compared, selection, baseline }: Changes): string {
  const unit = metric.unit === "none" ? "" : ` in ${safeText(metric.unit)}`;
  const items = `${formatNumber(selection.items)} items in ${formatNumber(selection.traces)} traces`;
  const others = `${formatNumber(baseline.items)} in ${formatNumber(baseline.traces)}`;
  const beside =
    compared === "same-time"
      ? "of the same time"
      : `of the ${formatDuration(baseline.range.seconds * 1_000)} before`;
  return `${nameText(metric.name)}, ${metric.type}${unit}: ${items} against ${others} ${beside}`;
}

/** Says the result in a sentence. */
export function resultText(answer: Changes): string {
  const { outcome, selection, baseline, measure } = answer;
  const [first] = answer.changes;
  if (outcome === "too-little")
    return "Too little to compare: both sides need at least 20 items in 5 traces.";
  if (measure !== undefined) return stripText(answer, measure);
  if (first === undefined)
    return `Nothing separates these ${formatNumber(selection.items)} items from the ${formatNumber(baseline.items)} beside them.`;
  const subject = valueText(first);
  const [inside, outside] = [shareText(first.inside), shareText(first.outside)];
  return `${subject} makes up ${inside} of the selection and ${outside} of the items beside it (p ${probabilityText(first.p)}).`;
}

function stripText({ changes, metric }: Changes, measure: Changes["measure"] & object): string {
  const numbers = (change: { inside: number; outside: number }): string =>
    `from ${measureText(change.outside, measure, metric)} to ${measureText(change.inside, measure, metric)}`;
  const verb = measure.inside < measure.outside ? "fell" : "rose";
  const name = measureName(measure, metric);
  const p = `p ${probabilityText(measure.p)}`;
  const [first] = changes;
  if (first?.effect !== undefined) {
    const part = `${valueText(first)} makes up ${partText(first)} of that, ${numbers(first.effect)}`;
    return capital(`${name} ${verb} ${numbers(measure)} (${p}): ${part}.`);
  }
  if (measure.p < 0.05)
    return capital(
      `${name} ${verb} ${numbers(measure)} (${p}), but no attribute value explains it.`,
    );
  return `Nothing changed: ${name} went ${numbers(measure)} (${p}).`;
}

/** Formats the part of a change that a value makes up. */
export const partText = ({ effect }: Change): string =>
  `${Math.round((effect?.contribution ?? 0) * 100)} %`;

/** Says what remains without the first value found; `undefined` when none was found. */
export function restText({ restAfterFirst: rest, changes }: Changes): string | undefined {
  const [first] = changes;
  if (rest === undefined || first === undefined) return undefined;
  const items = `${formatNumber(rest.items.inside)} items against ${formatNumber(rest.items.outside)}`;
  const start = `Without ${valueText(first)}`;
  if (rest.outcome === "too-little") return `${start} too little remains to compare: ${items}.`;
  const result = rest.outcome === "changed" ? "more stands out" : "nothing more stands out";
  return `${start} ${result}: ${items} (p ${probabilityText(rest.p)}).`;
}

/** Says what was compared, and what was left out with the reason. */
export function checkedText({ checked, skipped, sampled }: Changes): string {
  const counts = `${checked.keys} attributes with ${formatNumber(checked.values)} values were compared.`;
  const left = skipped.map((each) => `${safeText(each.key)} (${REASONS[each.reason](each)})`);
  const leftOut = left.length > 0 ? ` Left out: ${left.join(", ")}.` : "";
  const read = sampled && sampled.read.inside + sampled.read.outside;
  const stored = sampled && sampled.stored.inside + sampled.stored.outside;
  const part = sampled ? ` ${formatNumber(read)} of ${formatNumber(stored)} items were read.` : "";
  return `${counts}${leftOut}${part} Occurring together is no proof of a cause.`;
}

const REASONS: Readonly<Record<SkippedKey["reason"], (key: SkippedKey) => string>> = {
  rare: ({ values }) => `${formatNumber(values)} values, all rare`,
  same: () => "the same in every item",
  "defines-selection": () => "follows the value, the time or the trace",
  "not-on-both-sides": () => "no value on both sides",
  "too-many": () => "beyond 100 attributes",
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

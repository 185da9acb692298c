import type { Changes } from "@spanmeter/explorer/model/changes";
import { formatNumber, formatShare } from "../format/number.js";
import { formatValue } from "../format/value.js";

/** Writes the number by which a strip of time is compared. */
export function formatMeasure({ measure, metric }: Changes, value: number): string {
  if (measure?.kind === "share-above")
    return `${formatShare(value)} above ${formatValue(measure.threshold, metric.unit)}`;
  if (measure?.kind === "average") return `${formatValue(value, metric.unit)} on average`;
  return `${formatNumber(value)} a minute`;
}

/** Says how the strip as a whole differs from the time before. */
export function MeasureLine({ answer }: { answer: Changes }) {
  const { measure } = answer;
  if (!measure) return null;
  return (
    <p>
      {formatMeasure(answer, measure.inside)}, before {formatMeasure(answer, measure.outside)}.
    </p>
  );
}

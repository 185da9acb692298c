import { formatChange, formatCount } from "../format/number.js";
import { formatValue } from "../format/value.js";
import type { ChartLine, HeatChart, LineChart } from "./chart-model.js";
import { heatRowsOf } from "./heat-rows.js";
import { LineMark } from "./line-mark.js";
import { coloursOf } from "./line-colours.js";

interface LegendProps {
  readonly model: LineChart;
  readonly onLine: (key: string, isExcluded: boolean) => void;
}

/** The lines of a chart with their values over the whole range. Each filters the page by its value. */
export function Legend({ model, onLine }: LegendProps) {
  const colours = coloursOf(model.lines);
  const lines = model.lines.toSorted((one, other) => Number(one.isOthers) - Number(other.isOthers));
  const hasEarlier = model.earlierLabel !== undefined && model.lines.some((line) => line.earlier);
  return (
    <ul class="chart-legend">
      {lines.map((line) => (
        <li key={line.key}>
          <LegendLine model={model} line={line} colour={colours.get(line.key)} onLine={onLine} />
        </li>
      ))}
      {hasEarlier && (
        <li class="chart-earlier faint">
          <LineMark token="--others" dash={[]} isEarlier />
          {model.earlierLabel}
        </li>
      )}
    </ul>
  );
}

interface LegendLineProps extends LegendProps {
  readonly line: ChartLine;
  readonly colour: { readonly token: string; readonly dash: readonly number[] } | undefined;
}

function LegendLine({ model, line, colour, onLine }: LegendLineProps) {
  const content = (
    <>
      <LineMark token={colour?.token ?? "--others"} dash={colour?.dash ?? []} />
      <span class="name" title={line.label}>
        {line.label}
      </span>
      <strong>{formatValue(line.total, line.unit ?? model.unit)}</strong>
      {model.earlierLabel !== undefined && line.earlierTotal !== undefined && (
        <span class="faint">{changeOf(line, line.unit ?? model.unit)}</span>
      )}
    </>
  );
  // All others together, the only line there is, and aggregations cannot be filtered by.
  if (line.isOthers || model.lines.length === 1 || model.isGrouped === false)
    return <span class="chart-line">{content}</span>;
  return (
    <>
      <button
        type="button"
        class="plain chart-line"
        title="Show only this line (Alt: all but this)"
        onClick={({ altKey }) => onLine(line.key, altKey)}
      >
        {content}
      </button>
      <button
        type="button"
        class="plain chart-exclude"
        aria-label={`Exclude ${line.label}`}
        title="Show all but this line"
        onClick={() => onLine(line.key, true)}
      >
        ×
      </button>
    </>
  );
}

/** A ratio to nothing, or between signs, says nothing. */
function changeOf({ total, earlierTotal }: ChartLine, unit: string): string {
  if (earlierTotal === null || earlierTotal === undefined) return "new";
  if (total === null) return "gone";
  if (earlierTotal > 0 && total >= 0) return formatChange(total / earlierTotal);
  return `was ${formatValue(earlierTotal, unit)}`;
}

/** The counts that the shades of a heat map are for. */
export function HeatLegend({ model }: { readonly model: HeatChart }) {
  const { least, greatest } = heatRowsOf(model).counts;
  const middle = Math.round(Math.sqrt(least * greatest));
  const counts = [...new Set([least, middle, greatest])];
  return (
    <p class="heat-legend">
      <span class="faint">Items in a cell</span>
      <span class="heat-scale">
        <span class="heat-ramp" aria-hidden="true" />
        {counts.map((count) => (
          <span key={count}>{formatCount(count)}</span>
        ))}
      </span>
    </p>
  );
}

import type { Heatmap } from "@spanmeter/explorer/model/heatmap";
import { AGGREGATIONS } from "@spanmeter/explorer/model/aggregation";
import type { LineChart } from "../chart/chart-model.js";
import { chartPng } from "../chart/chart-png.js";
import { CopyMenu } from "../copy/copy-menu.js";
import { change, parameters, screen } from "../url/address.js";
import type { DRAWINGS } from "../url/parameters.js";
import { nameOf } from "./aggregations.js";
import { chartCsv, heatCsv } from "./chart-csv.js";
import { fixedLink, queryCommand } from "./command.js";
import { GroupBy } from "./group-by.js";
import { MultiSelect } from "./multi-select.js";
import { PanelMenu } from "./panel-menu.js";
import { heatmapPath, seriesPath } from "./paths.js";
import { withPanel, type Panel } from "./panel.js";

interface PanelBarProps {
  /** The panel as the address has it. */
  readonly panel: Panel;
  /** The panel with what is shown when the address leaves it open. */
  readonly shown: Panel;
  readonly place: number;
  readonly panels: number;
  readonly charts: readonly LineChart[];
  /** The values over time, when those are drawn. */
  readonly heat: Heatmap | undefined;
  readonly chartId: string | undefined;
  readonly range: { since: string; until: string } | undefined;
}

const INTERVALS = ["auto", "1s", "10s", "1m", "5m", "15m", "1h", "1d"];
const COMPARISONS = [
  { value: "", label: "No comparison" },
  { value: "previous", label: "Previous period" },
  { value: "1h", label: "An hour before" },
  { value: "1d", label: "A day before" },
  { value: "7d", label: "A week before" },
];
const VIEWS: readonly { value: (typeof DRAWINGS)[number]; label: string }[] = [
  { value: "line", label: "Lines" },
  { value: "area", label: "Stacked areas" },
  { value: "bar", label: "Stacked bars" },
  { value: "heat", label: "Heatmap" },
];

/** The controls of a panel. */
export function PanelBar({
  panel,
  shown,
  place,
  panels,
  charts,
  heat,
  chartId,
  range,
}: PanelBarProps) {
  const set = (changes: Partial<Panel>): void =>
    change(withPanel(parameters.value, place, { ...panel, ...changes }));
  const type = shown.type!;
  return (
    <div class="panel-bar row">
      {panels > 1 && (
        <h2 class="name">
          {letter(place)} · {panel.name}
        </h2>
      )}
      <span class="faint">
        {type}
        {shown.unit !== "none" && ` · ${shown.unit}`}
      </span>
      <MultiSelect
        label="Aggregations"
        options={AGGREGATIONS[type].map((value) => ({ value, label: nameOf(value) }))}
        chosen={shown.agg}
        max={4}
        onChange={(agg) => set({ agg })}
      />
      <GroupBy panel={shown} onChange={(by) => set({ by })} />
      <select
        aria-label="Drawn as"
        value={panel.view ?? "line"}
        onChange={({ currentTarget }) => set({ view: currentTarget.value as Panel["view"] })}
      >
        {VIEWS.filter(({ value }) => value !== "heat" || type !== "counter").map((each) => (
          <option key={each.value} value={each.value}>
            {each.label}
          </option>
        ))}
      </select>
      <select
        aria-label="Compared with"
        value={panel.compare ?? ""}
        onChange={({ currentTarget }) => set({ compare: currentTarget.value || undefined })}
      >
        {withOwn(COMPARISONS, panel.compare ?? "").map((each) => (
          <option key={each.value} value={each.value}>
            {each.label}
          </option>
        ))}
      </select>
      <select
        aria-label="Interval"
        value={panel.interval}
        onChange={({ currentTarget }) => set({ interval: currentTarget.value })}
      >
        {withOwn(
          INTERVALS.map((value) => ({ value, label: value })),
          panel.interval,
        ).map((each) => (
          <option key={each.value} value={each.value}>
            {each.label === "auto" ? "Interval: auto" : each.label}
          </option>
        ))}
      </select>
      <button
        type="button"
        aria-pressed={panel.y === "log"}
        onClick={() => set({ y: panel.y === "log" ? "linear" : "log" })}
      >
        Log
      </button>
      <CopyMenu
        command={queryCommand(shown, parameters.value)}
        path={(heat ? heatmapPath : seriesPath)(shown, parameters.value)}
        link={() => fixedLink(screenName(), parameters.value, range)}
        csv={() => (heat ? heatCsv(heat) : chartCsv(charts))}
        png={chartId === undefined ? undefined : () => chartPng(chartId)}
      />
      {panels > 1 && <PanelMenu panel={panel} place={place} panels={panels} />}
    </div>
  );
}

const screenName = (): string => (screen.value.at === "metric" ? screen.value.name : "");

/** The letter of a panel in equations. */
export const letter = (place: number): string => String.fromCharCode(97 + place);

/** What an address has asked for stays among the choices. */
function withOwn<T extends { value: string; label: string }>(
  options: readonly T[],
  value: string,
): readonly { value: string; label: string }[] {
  return options.some((each) => each.value === value)
    ? options
    : [...options, { value, label: value }];
}

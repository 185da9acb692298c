import type { Exemplars } from "@spanmeter/explorer/model/exemplar";
import type { Heatmap } from "@spanmeter/explorer/model/heatmap";
import type { SeriesAnswer } from "@spanmeter/explorer/model/series";
import { useEffect, useMemo } from "preact/hooks";
import { useAnswer } from "../api/use-answer.js";
import { ChartTable } from "../chart/chart-table.js";
import { Chart } from "../chart/chart.js";
import type { ChartActions, ChartDot, ChartModel } from "../chart/chart-model.js";
import { formatCount } from "../format/number.js";
import { concernsMetrics } from "../live/tick.js";
import { Empty, Failed, Loading } from "../parts/state.js";
import { change, parameters } from "../url/address.js";
import { chartActions } from "./chart-actions.js";
import { command, dots, isTableShown, lit } from "./looked-at.js";
import { queryCommand } from "./command.js";
import { writePanel, type Panel } from "./panel.js";
import { exemplarsPath, heatmapPath, seriesPath } from "./paths.js";
import { shownAggregations } from "./aggregations.js";
import { PanelBar } from "./panel-bar.js";
import { toCharts, toHeatChart } from "./to-chart.js";

interface PanelViewProps {
  readonly panel: Panel;
  /** Its place on the screen, from 0. */
  readonly place: number;
  /** How many panels there are. */
  readonly panels: number;
  readonly metric: { type: SeriesAnswer["metric"]["type"]; unit: string };
}

/** One panel: its controls, and its charts below each other. */
export function PanelView({ panel: asked, place, panels, metric }: PanelViewProps) {
  const given = parameters.value;
  const agg = shownAggregations(metric.type, asked.agg, asked.by.length > 0);
  const panel: Panel = { ...asked, type: metric.type, unit: metric.unit, agg };
  const concerns = concernsMetrics(panel.name);
  const isHeat = panel.view === "heat";
  const path = seriesPath(panel, given);
  const series = useAnswer<SeriesAnswer>(path, concerns).value;
  const exemplars = useAnswer<Exemplars>(exemplarsPath(panel, given), concerns).value;
  const showsHeat = isHeat || (panel.view === undefined && metric.type === "distribution");
  const heat = useAnswer<Heatmap>(
    showsHeat ? heatmapPath(panel, given) : undefined,
    concerns,
  ).value;

  const { data } = series;
  // Values are those of the first panel; the time is that of all.
  const box = useMemo(
    () =>
      place === 0 || !given.box ? given.box : { since: given.box.since, until: given.box.until },
    [place, given.box],
  );
  const problem = series.error ?? (isHeat ? heat.error : undefined);
  const drawn = [data, exemplars.data, heat.data, box, writePanel(panel)];
  // Pointing at an item changes no chart.
  const lines = useMemo(
    () => (data ? toCharts({ answer: data, exemplars: exemplars.data, panel, box }) : []),
    drawn,
  );
  const charts = useMemo<readonly ChartModel[]>(() => {
    // The greatest of each bucket: the cells show how many others there are.
    const greatest = new Set(
      exemplars.data?.exemplars.filter(({ why }) => why === "max").map(({ id }) => id),
    );
    const dotsOfHeat = isHeat ? (lines[0]?.dots ?? []).filter(({ id }) => greatest.has(id)) : [];
    return [
      ...(isHeat ? [] : lines),
      ...(heat.data ? [toHeatChart(heat.data, dotsOfHeat, box)] : []),
    ];
  }, drawn);
  const ids = charts.map((_, at) => `panel-${place}-${at}`);
  useEffect(() => {
    if (place !== 0) return;
    const values = new Map(exemplars.data?.exemplars.map(({ id, value }) => [id, value]));
    const valueOf = ({ id }: ChartDot): number => values.get(id) ?? 0;
    dots.value = (lines[0]?.dots ?? []).toSorted((a, b) => valueOf(b) - valueOf(a));
    command.value = queryCommand(panel, given);
  });
  // Until the newest question is answered, the answer before is shown.
  const isReady =
    series.path === path && !series.isLoading && (!showsHeat || heat.data !== undefined);
  return (
    <section class="panel" aria-label={panel.name} data-ready={isReady ? series.path : undefined}>
      <PanelBar
        panel={asked}
        shown={panel}
        place={place}
        panels={panels}
        charts={lines}
        heat={isHeat ? heat.data : undefined}
        chartId={ids[0]}
        range={data?.range}
      />
      {problem && <Failed error={problem} />}
      {!data && !problem && <Loading what={panel.name} />}
      {data?.items.stored === 0 && <NothingHere />}
      {charts.map((model, at) => (
        <Chart
          key={model.draw === "heat" ? "heat" : at}
          id={ids[at]!}
          model={model}
          actions={actionsOf(data)}
          lit={lit.value}
          height={charts.length > 2 ? 180 : 240}
          sync="explore"
        />
      ))}
      {isTableShown.value &&
        charts.map((model, at) => <ChartTable key={at} id={ids[at]!} model={model} />)}
      {data && <Footer answer={data} />}
    </section>
  );

  function actionsOf(answer: SeriesAnswer | undefined): ChartActions {
    return chartActions(answer?.series ?? [], { isFirst: place === 0 });
  }
}

function NothingHere() {
  const { since, where } = parameters.value;
  return (
    <Empty title="Nothing in this range">
      <p class="row">
        {where.length > 0 && (
          <button type="button" onClick={() => change({ where: [] })}>
            Remove all filters
          </button>
        )}
        {since !== "30d" && (
          <button type="button" onClick={() => change({ since: "30d", until: "now" })}>
            Show the last 30 days
          </button>
        )}
      </p>
    </Empty>
  );
}

/** What the numbers rest on: all of it is read, and sampled items count for what they stand for. */
function Footer({ answer: { items, notes, groups } }: { answer: SeriesAnswer }) {
  const factor = items.stored === 0 ? 1 : items.weighted / items.stored;
  return (
    <p class="faint footer">
      {formatCount(items.stored)} items, all read
      {factor > 1.0001 &&
        `; sampled, they stand for ${formatCount(items.weighted)} calls (×${factor.toFixed(1)})`}
      {groups.total > groups.shown &&
        `; ${groups.shown} of ${formatCount(groups.total)} groups have a line of their own`}
      {notes.map((note) => `; ${note.message}`)}
    </p>
  );
}

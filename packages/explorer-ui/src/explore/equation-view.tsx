import type { SeriesAnswer } from "@spanmeter/explorer/model/series";
import { X } from "lucide-preact";
import { useAnswers } from "../api/use-answers.js";
import { ChartTable } from "../chart/chart-table.js";
import { Chart } from "../chart/chart.js";
import type { LineChart } from "../chart/chart-model.js";
import { concernsMetrics } from "../live/tick.js";
import { change, parameters } from "../url/address.js";
import { shownAggregations } from "./aggregations.js";
import { chartActions } from "./chart-actions.js";
import { readEquation, type Equation } from "./equation.js";
import { isTableShown } from "./looked-at.js";
import type { Panel } from "./panel.js";
import { letter } from "./panel-bar.js";
import { seriesPath } from "./paths.js";
import { equationChart } from "./equation-chart.js";

/** A chart that is computed from other panels. */
export function EquationView({ text, panels }: { text: string; panels: readonly Panel[] }) {
  const equation = tryRead(text);
  const problem = equation instanceof Error ? equation.message : missing(equation, panels);
  return (
    <section class="panel" aria-label={text}>
      <div class="panel-bar row">
        <h2 class="name">{text}</h2>
        <button
          type="button"
          class="plain"
          aria-label={`Remove ${text}`}
          onClick={() => change({ eq: parameters.value.eq.filter((each) => each !== text) })}
        >
          <X size={14} aria-hidden="true" />
        </button>
      </div>
      {problem !== undefined || equation instanceof Error ? (
        <p class="bad name">{problem}</p>
      ) : (
        <Computed text={text} equation={equation} panels={panels} />
      )}
    </section>
  );
}

function Computed({
  text,
  equation,
  panels,
}: {
  text: string;
  equation: Equation;
  panels: readonly Panel[];
}) {
  const interval = panels[0]!.interval;
  const used = equation.places.map((place) => ({
    ...panels[place]!,
    by: [],
    interval,
    compare: undefined,
  }));
  const answers = useAnswers<SeriesAnswer>(
    used.map((panel) => seriesPath(panel, parameters.value)),
    concernsMetrics(...used.map(({ name }) => name)),
  ).value;
  if (answers.error) return <p class="bad name">{answers.error.message}</p>;
  if (!answers.data) return <p class="faint">Reading {text} …</p>;
  const bySeries = new Map(equation.places.map((place, at) => [place, answers.data![at]!]));
  const aggregations = new Map(
    equation.places.map((place, at) => {
      const { type } = answers.data![at]!.metric;
      // What the panel draws first.
      return [place, shownAggregations(type, panels[place]!.agg, false)[0]!] as const;
    }),
  );
  const model: LineChart = equationChart(text, equation, { answers: bySeries, aggregations });
  return (
    <>
      <Chart
        id={`equation-${text}`}
        model={model}
        actions={chartActions([], { isFirst: false })}
        lit={undefined}
        height={200}
        sync="explore"
      />
      {isTableShown.value && <ChartTable id={`equation-${text}`} model={model} />}
    </>
  );
}

function tryRead(text: string): Equation | Error {
  try {
    return readEquation(text);
  } catch (error) {
    return error as Error;
  }
}

const missing = ({ places }: Equation, panels: readonly Panel[]): string | undefined => {
  const place = places.find((each) => each >= panels.length);
  return place === undefined ? undefined : `There is no panel ${letter(place)}: add one first.`;
};

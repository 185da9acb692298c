import type { MetricType } from "@spanmeter/explorer/model/metric";
import { useKeys } from "../keys/use-keys.js";
import { addressOf, change, go, parameters } from "../url/address.js";
import type { TABS } from "../url/parameters.js";
import { isAggregationOf, shownAggregations } from "./aggregations.js";
import { Aggregates } from "./aggregates.js";
import { ChangesTab } from "./changes-tab.js";
import { CostTab } from "./cost-tab.js";
import { EquationView } from "./equation-view.js";
import { exploreKeys } from "./explore-keys.js";
import { FilterBar } from "./filter-bar.js";
import { LintTab } from "./lint-tab.js";
import { lit } from "./looked-at.js";
import { MetricPicker } from "./metric-picker.js";
import { OtherPanel } from "./other-panel.js";
import { PanelView } from "./panel-view.js";
import { panelsOf, writePanel } from "./panel.js";
import { Samples } from "./samples.js";
import { AddEquation } from "./add-equation.js";
import { Tabs } from "./tabs.js";

const MAX_PANELS = 8;

interface ExploreProps {
  readonly name: string;
  readonly metric: { readonly type: MetricType; readonly unit: string };
  /** Items of the range that Sentry would change or drop. */
  readonly notes: number;
}

/** The charts of a metric and of those beside it, with filters above and tabs below. */
export function Explore({ name, metric, notes }: ExploreProps) {
  useKeys(exploreKeys(metric.type));
  const given = parameters.value;
  const panels = panelsOf(name, given);
  const [first] = panels;
  const panel = {
    ...first!,
    type: metric.type,
    unit: metric.unit,
    agg: shownAggregations(metric.type, first!.agg, first!.by.length > 0),
  };
  const unknown = given.agg.filter((each) => !isAggregationOf(metric.type, each));
  return (
    <div class="explore">
      <div class="row">
        <h1 class="name">{name}</h1>
        <MetricPicker
          id="metric"
          label="Choose a metric"
          onChoose={({ name: chosen, ...own }) =>
            go(
              addressOf(
                { at: "metric", name: chosen },
                own as { type?: MetricType; unit?: string },
              ),
            )
          }
        />
        {panels.length < MAX_PANELS && (
          <MetricPicker
            label="Add a panel"
            onChoose={({ name: added, ...own }) =>
              change({
                m: [
                  ...given.m,
                  writePanel({
                    ...panelsOf(added, { ...given, ...EMPTY })[0]!,
                    ...(own as { type?: MetricType; unit?: string }),
                  }),
                ],
              })
            }
          />
        )}
        <AddEquation panels={panels} />
      </div>
      {unknown.length > 0 && (
        <p class="notice" role="status">
          A {metric.type} has no aggregation <span class="name">{unknown.join(", ")}</span>.
        </p>
      )}
      <FilterBar panel={panel} />
      <PanelView panel={first!} place={0} panels={panels.length} metric={metric} />
      {panels.slice(1).map((each, at) => (
        <OtherPanel key={`${at} ${each.name}`} panel={each} place={at + 1} panels={panels.length} />
      ))}
      {given.eq.map((text) => (
        <EquationView
          key={text}
          text={text}
          panels={[{ ...first!, type: metric.type, unit: metric.unit }, ...panels.slice(1)]}
        />
      ))}
      <Tabs
        chosen={given.tab}
        badges={{ lint: notes > 0 ? notes : undefined }}
        onChoose={(tab: (typeof TABS)[number]) => change({ tab })}
      >
        {given.tab === "aggregates" && <Aggregates panel={panel} />}
        {given.tab === "samples" && (
          <Samples panel={panel} lit={lit.value} onPoint={(id) => (lit.value = id)} />
        )}
        {given.tab === "changes" && <ChangesTab panel={panel} />}
        {given.tab === "lint" && <LintTab name={name} />}
        {given.tab === "cost" && <CostTab name={name} type={metric.type} unit={metric.unit} />}
      </Tabs>
    </div>
  );
}

/** A new panel begins without the choices of another one. */
const EMPTY = {
  type: undefined,
  unit: undefined,
  agg: [],
  by: [],
  top: 8,
  interval: "auto",
  compare: undefined,
  view: undefined,
  y: "linear",
} as const;

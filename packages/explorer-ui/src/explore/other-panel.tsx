import type { MetricList, MetricType } from "@spanmeter/explorer/model/metric";
import { apiPath } from "../api/ask.js";
import { useAnswer } from "../api/use-answer.js";
import { concernsMetrics } from "../live/tick.js";
import { Failed, Loading } from "../parts/state.js";
import type { Panel } from "./panel.js";
import { PanelMenu } from "./panel-menu.js";
import { PanelView } from "./panel-view.js";

interface OtherPanelProps {
  readonly panel: Panel;
  readonly place: number;
  readonly panels: number;
}

/** A further panel: first the type and unit of its metric must be known. */
export function OtherPanel({ panel, place, panels }: OtherPanelProps) {
  const path = apiPath(["metrics"], { q: panel.name });
  const { data, error } = useAnswer<MetricList>(path, concernsMetrics(panel.name)).value;
  if (!data) return error ? <Failed error={error} /> : <Loading what={panel.name} />;
  const metric = data.metrics
    .filter(({ name, type }) => name === panel.name && type !== null)
    .filter(({ type, unit }) => type === (panel.type ?? type) && unit === (panel.unit ?? unit))
    .toSorted((a, b) => b.samples - a.samples)[0];
  if (metric)
    return (
      <PanelView
        panel={panel}
        place={place}
        panels={panels}
        metric={{ type: metric.type as MetricType, unit: metric.unit! }}
      />
    );
  return (
    <section class="panel" aria-label={panel.name}>
      <div class="row">
        <h2 class="name">{panel.name}</h2>
        <PanelMenu panel={panel} place={place} panels={panels} />
      </div>
      <p class="faint">No such metric yet. It appears here as soon as an application sends it.</p>
    </section>
  );
}

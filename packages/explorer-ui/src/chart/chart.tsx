import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { createAnnouncer } from "./announcer.js";
import type { ChartActions, ChartModel } from "./chart-model.js";
import { createChart, type DrawnChart } from "./create-chart.js";
import { HoverCard } from "./hover-card.js";
import { HeatLegend, Legend } from "./legend.js";
import { openCharts, openTables, tableIdOf } from "./open-charts.js";
import type { Hover } from "./pointing.js";
import { openTestDoor } from "./test-door.js";

openTestDoor();

interface ChartProps {
  readonly model: ChartModel;
  readonly actions: ChartActions;
  /** The `id` of a dot to emphasise. */
  readonly lit: string | undefined;
  readonly id: string;
  /** Height of the plot with its axes, in CSS pixels. */
  readonly height: number;
  /** Charts with one key share a cursor. */
  readonly sync: string;
}

/** A chart with its caption and legend. Everything it shows by pointer is reached by keys, too. */
export function Chart({ model, actions, lit, id, height, sync }: ChartProps) {
  const host = useRef<HTMLDivElement>(null);
  const drawn = useRef<DrawnChart | undefined>(undefined);
  const newest = useRef(actions);
  newest.current = actions;
  const [hover, setHover] = useState<Hover>();
  const [said, setSaid] = useState("");

  useLayoutEffect(() => {
    if (!host.current) return;
    const announcer = createAnnouncer(setSaid);
    const chart = createChart({
      host: host.current,
      model,
      syncKey: sync,
      height,
      actions: () => newest.current,
      onHover: setHover,
      say: announcer.say,
    });
    drawn.current = chart;
    openCharts.set(id, chart);
    return () => {
      // Another chart may have taken the place of this one.
      if (openCharts.get(id) === chart) openCharts.delete(id);
      announcer.stop();
      chart.destroy();
    };
  }, [id, sync]);
  useLayoutEffect(() => drawn.current?.update(model, height), [model, height]);
  useEffect(() => drawn.current?.light(lit), [lit, id, sync]);

  const hasTable = openTables.value.has(id);
  return (
    <figure class="chart" id={id}>
      <figcaption class="name">{model.caption}</figcaption>
      <div
        class="chart-surface"
        role="application"
        aria-roledescription="chart"
        tabIndex={0}
        aria-label={model.caption}
        aria-describedby={`${id}-keys`}
        aria-details={hasTable ? tableIdOf(id) : undefined}
        onKeyDown={(event) => drawn.current?.press(event) && event.preventDefault()}
        onKeyUp={({ key }) => drawn.current?.release(key)}
        onBlur={() => drawn.current?.leave()}
      >
        <div class="chart-plot" ref={host} style={{ height: `${height}px` }} />
        {hover && <HoverCard model={model} hover={hover} />}
      </div>
      <p class="unseen" id={`${id}-keys`}>
        Arrow keys go through the values, Enter opens the nearest sample, Shift with an arrow key
        marks a strip of time. T shows the table.
      </p>
      <p class="unseen" aria-live="polite" id={`${id}-value`}>
        {said}
      </p>
      {model.draw === "heat" ? (
        <HeatLegend model={model} />
      ) : (
        <Legend model={model} onLine={(key, isExcluded) => actions.onLine(key, isExcluded)} />
      )}
    </figure>
  );
}

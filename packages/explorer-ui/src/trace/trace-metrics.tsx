import { useSignal } from "@preact/signals";
import type { TraceMark, TracePage } from "@spanmeter/explorer/model/trace-page";
import { useMemo } from "preact/hooks";
import { formatCount } from "../format/number.js";
import { hasChart } from "./metric-address.js";
import { TraceMetric } from "./trace-metric.js";

/** Below them is the selected row. */
const SHOWN = 3;

interface MetricsProps {
  readonly page: TracePage;
  /** The mark that is selected. */
  readonly selected: string | undefined;
  readonly onFind: (id: string) => void;
}

/** Each metric of the trace, with its course around that time and the place of the value in it. */
export function TraceMetrics({ page, selected, onFind }: MetricsProps) {
  const isAll = useSignal(false);
  const all = useMemo(() => groupMetrics(page.marks), [page]);
  const isSelected = (group: Group): boolean => group.some(({ id }) => id === selected);
  const at = all.findIndex(isSelected);
  const groups = at < SHOWN ? all : [...all.slice(at, at + 1), ...all.toSpliced(at, 1)];
  if (groups.length === 0) return null;
  const shown = isAll.value ? groups : groups.slice(0, SHOWN);
  return (
    <section aria-label="Metrics recorded in this trace" class="trace-metrics">
      <h3>Metrics recorded here</h3>
      <ul>
        {shown.map((marks) => {
          const mark = marks.find(({ id }) => id === selected) ?? greatest(marks);
          return (
            <TraceMetric
              key={JSON.stringify([mark.name, mark.type, mark.unit])}
              page={page}
              mark={mark}
              times={marks.length}
              onFind={onFind}
            />
          );
        })}
      </ul>
      {groups.length > shown.length && (
        <button type="button" class="small" onClick={() => (isAll.value = true)}>
          Show {formatCount(groups.length - shown.length)} more
        </button>
      )}
    </section>
  );
}

type Group = [TraceMark, ...TraceMark[]];

/** The same name with another type or unit is another metric. */
function groupMetrics(marks: readonly TraceMark[]): Group[] {
  const groups = new Map<string, Group>();
  for (const mark of marks.filter(hasChart)) {
    const key = JSON.stringify([mark.name, mark.type, mark.unit]);
    const group = groups.get(key);
    if (group) group.push(mark);
    else groups.set(key, [mark]);
  }
  return [...groups.values()];
}

const greatest = ([first, ...rest]: Group): TraceMark =>
  rest.reduce((most, mark) => ((mark.value ?? 0) > (most.value ?? 0) ? mark : most), first);

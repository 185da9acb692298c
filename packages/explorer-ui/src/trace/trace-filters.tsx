import { useSignal } from "@preact/signals";
import type { MetricList } from "@spanmeter/explorer/model/metric";
import { QueryError } from "@spanmeter/explorer/questions/query-error";
import { readFilter } from "@spanmeter/explorer/questions/filter/read-filter";
import { useId } from "preact/hooks";
import { useAnswer } from "../api/use-answer.js";
import { apiPath } from "../api/ask.js";
import { useKeys } from "../keys/use-keys.js";
import { change, parameters } from "../url/address.js";
import { FilterFault, type Fault } from "./filter-fault.js";

const MAX_NAMES = 500;

/** Which traces are shown: by filters that one item of them matches, and by a metric recorded in them. */
export function TraceFilters() {
  const id = useId();
  const { where, metric } = parameters.value;
  const text = useSignal("");
  const fault = useSignal<Fault | undefined>(undefined);
  const names = useAnswer<MetricList>(apiPath(["metrics"]), () => false).value.data;
  const distinct = [...new Set(names?.metrics.map(({ name }) => name))].slice(0, MAX_NAMES);
  useKeys([
    { keys: "/", does: "Filter", run: () => document.getElementById(`${id}-where`)?.focus() },
  ]);

  function add(event: SubmitEvent): void {
    event.preventDefault();
    const filter = text.value.trim();
    if (filter === "") return;
    fault.value = faultOf(filter);
    if (fault.value) return;
    text.value = "";
    if (!where.includes(filter)) change({ where: [...where, filter] });
  }

  return (
    <div class="trace-filters">
      <form class="row" onSubmit={add}>
        {where.map((each) => (
          <button
            key={each}
            type="button"
            class="chip"
            aria-label={`Remove the filter ${each}`}
            onClick={() => change({ where: where.filter((other) => other !== each) })}
          >
            <span class="name cut">{each}</span> ×
          </button>
        ))}
        <input
          id={`${id}-where`}
          class="mono"
          aria-label="Filter"
          placeholder="filter: route=/pay and @duration>100"
          autocomplete="off"
          spellcheck={false}
          value={text.value}
          aria-invalid={fault.value !== undefined}
          aria-describedby={fault.value && `${id}-fault`}
          onInput={({ currentTarget }) => {
            text.value = currentTarget.value;
            fault.value = undefined;
          }}
        />
        <button type="submit">Add</button>
        <input
          aria-label="Metric recorded in the trace"
          placeholder="metric"
          list={`${id}-metrics`}
          value={metric ?? ""}
          onChange={({ currentTarget }) => change({ metric: currentTarget.value || undefined })}
        />
        <datalist id={`${id}-metrics`}>
          {distinct.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      </form>
      {fault.value && <FilterFault id={`${id}-fault`} fault={fault.value} />}
    </div>
  );
}

/** The API reads filters by the same grammar. */
function faultOf(text: string): Fault | undefined {
  try {
    readFilter(text);
    return undefined;
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return { text, message: error.message, at: error.at };
  }
}

import type { AttributeValues } from "@spanmeter/explorer/model/attribute-summary";
import { readFilter } from "@spanmeter/explorer/questions/filter/read-filter";
import { X } from "lucide-preact";
import { useSignal } from "@preact/signals";
import { apiPath } from "../api/ask.js";
import { useAnswer } from "../api/use-answer.js";
import { formatCount } from "../format/number.js";
import { Combobox, type Option } from "../parts/combobox.js";
import { change, parameters } from "../url/address.js";
import { hasValue, quote } from "../url/filters.js";
import { useAttributes } from "./group-by.js";
import type { Panel } from "./panel.js";
import { scopeOf } from "./paths.js";

/** The filters of the screen, and a field for one more, which completes keys and values with their counts. */
export function FilterBar({ panel }: { panel: Pick<Panel, "name" | "type" | "unit"> }) {
  const { where } = parameters.value;
  const text = useSignal("");
  const problem = useSignal<string | undefined>(undefined);
  const options = useCompletions(panel, text.value);

  function add(filter: string): void {
    if (filter.trim() === "") return;
    problem.value = problemOf(filter);
    if (problem.value !== undefined) return;
    text.value = "";
    if (!where.includes(filter)) change({ where: [...where, filter] });
  }

  return (
    <div class="filters row" role="group" aria-label="Filters">
      {where.map((filter) => (
        <span key={filter} class="chip">
          <button
            type="button"
            class="plain name"
            title="Edit this filter"
            onClick={() => {
              change({ where: where.filter((each) => each !== filter) });
              text.value = filter;
              document.getElementById("filter")?.focus();
            }}
          >
            {filter}
          </button>
          <button
            type="button"
            class="plain"
            aria-label={`Remove the filter ${filter}`}
            onClick={() => change({ where: where.filter((each) => each !== filter) })}
          >
            <X size={12} aria-hidden="true" />
          </button>
        </span>
      ))}
      <Combobox
        id="filter"
        label="Add a filter"
        placeholder="route=/cart* and @value>100"
        text={text.value}
        options={options}
        problem={problem.value}
        onText={(typed) => {
          text.value = typed;
          problem.value = undefined;
        }}
        isBeginning={isKey}
        onChoose={(value, isOption) => {
          if (isOption && isKey(value)) text.value = value;
          else add(value);
        }}
      />
    </div>
  );
}

/** A key is only the beginning of a filter. */
const isKey = (option: string): boolean => option.endsWith("=");

/** Returns what is wrong with a filter, and at which character. */
function problemOf(filter: string): string | undefined {
  try {
    readFilter(filter);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** `key=`, `key!=` and what has been typed of the value. */
const CONDITION = /^("(?:\\.|[^"\\])*"|[^\s=!<>~"]+)(!?=)(.*)$/;

function useCompletions(
  panel: Pick<Panel, "name" | "type" | "unit">,
  text: string,
): readonly Option[] {
  const attributes = useAttributes(panel);
  const [, writtenKey, operator, typed] = CONDITION.exec(text) ?? [];
  const key = writtenKey?.replace(/^"|"$/g, "").replace(/\\(.)/g, "$1");
  const isKnown = attributes.some((each) => each.key === key);
  const path =
    key !== undefined && isKnown
      ? apiPath(["metrics", panel.name, "attributes", key, "values"], {
          ...scopeOf(parameters.value, panel),
          q: typed?.replace(/^"|"$/g, ""),
          limit: 20,
        })
      : undefined;
  const values = useAnswer<AttributeValues>(path, () => false).value.data;
  if (path !== undefined && key !== undefined)
    return (values?.values ?? []).map(({ value, count }) => ({
      value: operator === "!=" ? `${quote(key)}!=${quote(value)}` : hasValue(key, value),
      label: value === "" ? "(empty)" : value,
      detail: formatCount(count),
    }));
  const start = text.toLowerCase();
  return attributes
    .filter((each) => each.key.toLowerCase().includes(start))
    .slice(0, 20)
    .map((each) => ({
      value: `${quote(each.key)}=`,
      label: each.key,
      detail: `${formatCount(each.distinct)} values`,
    }));
}

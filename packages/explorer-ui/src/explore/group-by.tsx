import type { AttributeSummary } from "@spanmeter/explorer/model/attribute-summary";
import { apiPath } from "../api/ask.js";
import { useAnswer } from "../api/use-answer.js";
import { formatCount } from "../format/number.js";
import { concernsMetrics } from "../live/tick.js";
import { parameters } from "../url/address.js";
import { MultiSelect } from "./multi-select.js";
import type { Panel } from "./panel.js";
import { scopeOf } from "./paths.js";

const MAX_KEYS = 3;
/** Keys with more values make a chart that nobody can read. */
const READABLE_VALUES = 1_000;

/** The attributes of a metric. */
export function useAttributes(
  panel: Pick<Panel, "name" | "type" | "unit">,
): readonly AttributeSummary[] {
  const path = apiPath(["metrics", panel.name, "attributes"], scopeOf(parameters.value, panel));
  const answer = useAnswer<{ attributes: AttributeSummary[] }>(path, concernsMetrics(panel.name));
  return answer.value.data?.attributes ?? [];
}

/** Chooses the attributes to group by, with what there is of each before it is chosen. */
export function GroupBy({
  panel,
  onChange,
}: {
  panel: Panel;
  onChange: (by: readonly string[]) => void;
}) {
  const attributes = useAttributes(panel);
  const missing = panel.by.filter((key) => !attributes.some((each) => each.key === key));
  const options = attributes
    .filter(({ distinct, key }) => distinct <= READABLE_VALUES || panel.by.includes(key))
    .map(({ key, distinct, top }) => ({
      value: key,
      label: key,
      detail: `${formatCount(distinct)} ${distinct === 1 ? "value" : "values"}: ${top
        .slice(0, 3)
        .map(({ value, count }) => `${clip(value)} (${formatCount(count)})`)
        .join(", ")}`,
    }));
  return (
    <MultiSelect
      label="Group by"
      options={[...options, ...missing.map((key) => ({ value: key, label: key }))]}
      chosen={panel.by}
      max={MAX_KEYS}
      onChange={onChange}
    />
  );
}

const clip = (text: string): string => (text.length > 24 ? `${text.slice(0, 24)}…` : text);

import type { MetricList } from "@spanmeter/explorer/model/metric";
import { useSignal } from "@preact/signals";
import { apiPath } from "../api/ask.js";
import { useAnswer } from "../api/use-answer.js";
import { formatCount, formatNumber } from "../format/number.js";
import { Combobox, type Option } from "../parts/combobox.js";
import { parameters } from "../url/address.js";

interface MetricPickerProps {
  readonly label: string;
  readonly id?: string;
  readonly onChoose: (metric: { name: string; type?: string; unit?: string }) => void;
}

/** Chooses a metric. One that shares its name with another is chosen with its type and unit. */
export function MetricPicker({ label, id, onChoose }: MetricPickerProps) {
  const text = useSignal("");
  const isUsed = useSignal(false);
  const path = apiPath(["metrics"], { since: parameters.value.since, q: text.value });
  const metrics =
    useAnswer<MetricList>(isUsed.value ? path : undefined, () => false).value.data?.metrics ?? [];
  const valid = metrics.filter(({ type }) => type !== null);
  const options: Option[] = valid
    .slice(0, 50)
    .map(({ name, type, unit, perMinute, collides, changed, dropped }, at) => ({
      value: String(at),
      label: name,
      detail: `${type}${unit === "none" ? "" : ` in ${unit}`}, ${formatNumber(perMinute)} a minute${collides ? ", the name has several types or units" : ""}${changed > 0 ? `, ${formatCount(changed)} changed` : ""}${dropped > 0 ? `, ${formatCount(dropped)} dropped` : ""}`,
    }));
  return (
    <Combobox
      {...(id !== undefined && { id })}
      label={label}
      placeholder={label}
      text={text.value}
      options={options}
      onFocus={() => (isUsed.value = true)}
      onText={(typed) => (text.value = typed)}
      onChoose={(value, isOption) => {
        const found = isOption ? valid[Number(value)] : valid.find(({ name }) => name === value);
        if (!found) return;
        text.value = "";
        const { name, type, unit, collides } = found;
        onChoose(collides ? { name, type: type!, unit: unit! } : { name });
      }}
    />
  );
}

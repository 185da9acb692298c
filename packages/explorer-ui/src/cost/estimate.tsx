import type { CostAnswer } from "@spanmeter/explorer/model/cost";
import type { Signal } from "@preact/signals";
import { formatNumber } from "../format/number.js";
import { formatBytes, formatValue } from "../format/value.js";
import { formatDollars } from "./dollars.js";
import { free, instances, price } from "./prices.js";

/** What a month would cost at this rate, with what that rests on. */
export function Estimate({ answer: { total, range } }: { answer: CostAnswer }) {
  return (
    <div class="estimate">
      <p>
        <strong class="price" data-value={total.month.price * instances.value}>
          ≈ {formatDollars(total.month.price * instances.value)} a month
        </strong>{" "}
        <span>
          {formatBytes(total.month.bytes * instances.value)} at the rate of the last{" "}
          {formatValue(range.seconds, "second")}: {formatNumber(total.perMinute.items)} items and{" "}
          {formatBytes(total.perMinute.bytes)} a minute × {formatNumber(instances.value)}
        </span>
      </p>
      <div class="row">
        <Field label="Dollars a GB" value={price} min={0} step={0.01} />
        <Field label="GB free a month" value={free} min={0} step={1} />
        <Field label="Instances" value={instances} min={1} step={1} />
      </div>
    </div>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: Signal<number>;
  readonly min: number;
  readonly step: number;
}

function Field({ label, value, min, step }: FieldProps) {
  return (
    <label class="row">
      {label}
      <input
        type="number"
        min={min}
        step={step}
        value={value.value}
        onChange={({ currentTarget }) => {
          const number = currentTarget.valueAsNumber;
          if (Number.isFinite(number) && number >= min) value.value = number;
          else currentTarget.value = String(value.value);
        }}
      />
    </label>
  );
}

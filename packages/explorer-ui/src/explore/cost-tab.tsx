import { CostTable } from "../cost/cost-table.js";
import { parameters } from "../url/address.js";
import { quote } from "../url/filters.js";

interface CostTabProps {
  readonly name: string;
  readonly type: string;
  readonly unit: string;
}

/** The bytes of one metric by attribute, and their price. */
export function CostTab({ name, type, unit }: CostTabProps) {
  const own = [`@name=${quote(name)}`, `@type=${type}`, `@unit=${quote(unit)}`];
  return <CostTable by="key" where={[...own, ...parameters.value.where]} showsEstimate />;
}

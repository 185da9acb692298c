import { CostTable } from "../cost/cost-table.js";
import { parameters } from "../url/address.js";

/** The bytes of all metrics, and their price. */
export function Cost() {
  const { where } = parameters.value;
  return (
    <div class="cost">
      <h1>Cost</h1>
      <CostTable by="metric" where={where} showsEstimate />
      <CostTable by="key" where={where} showsEstimate={false} />
      <CostTable by="sdk" where={where} showsEstimate={false} />
    </div>
  );
}

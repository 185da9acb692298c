import { change, parameters } from "../url/address.js";

/** A column of a table. */
export interface Column {
  readonly label: string;
  /** The order that the API knows by it; absent when it knows none. */
  readonly sort?: string;
}

const DEFAULT_SORT = "-time";

/** The head of a column, with a button that sorts by it: first the greatest, then the smallest first. */
export function SortHeader({ label, sort }: Column) {
  const sorted = parameters.value.sort ?? DEFAULT_SORT;
  const isHere = sort !== undefined && sorted.replace("-", "") === sort;
  const isDescending = sorted.startsWith("-");
  if (sort === undefined) return <span role="columnheader">{label}</span>;
  const next = isHere && isDescending ? sort : `-${sort}`;
  return (
    <span
      role="columnheader"
      aria-sort={isHere ? (isDescending ? "descending" : "ascending") : "none"}
    >
      <button
        type="button"
        class="plain small"
        onClick={() => change({ sort: next === DEFAULT_SORT ? undefined : next })}
      >
        {label}
        <span aria-hidden="true"> {isHere ? (isDescending ? "↓" : "↑") : ""}</span>
      </button>
    </span>
  );
}

import { independentChart, type ChartQuestion } from "@spanmeter/testing/numbers/independent-chart";
import type { SentMetric } from "@spanmeter/testing/numbers/definitions";

/** One column of numbers of a chart's table. */
export interface Column {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

/** Returns the columns that the tables of a panel must have, in the order of its charts and lines. */
export function expectedColumns(sent: readonly SentMetric[], question: ChartQuestion): Column[] {
  const lines = independentChart(sent, question);
  return question.aggregations.flatMap((aggregation) =>
    lines
      .filter((line) => line.aggregation === aggregation)
      .flatMap(({ group, values, earlier }) => {
        const name = `${aggregation} of ${group?.join() ?? "others"}`;
        return [
          { name, values },
          ...(earlier ? [{ name: `${name}, before`, values: earlier.values }] : []),
        ];
      }),
  );
}

/** Returns the places at which columns differ by more than rounding. */
export function differences(shown: readonly Column[], wanted: readonly Column[]): string[] {
  if (shown.length !== wanted.length)
    return [
      `${shown.length} columns (${shown.map(({ name }) => name).join(", ")}), not ${wanted.length}`,
    ];
  return wanted.flatMap(({ name, values }, place) => {
    const found = shown[place]!.values;
    if (found.length !== values.length)
      return [`${name}: ${found.length} rows, not ${values.length}`];
    return values.flatMap((value, row) =>
      isEqual(found[row], value) ? [] : [`${name}, row ${row}: ${found[row]}, not ${value}`],
    );
  });
}

const isEqual = (one: number | null | undefined, other: number | null): boolean =>
  typeof one === "number" && typeof other === "number"
    ? Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(other))
    : one === other;

import type { SentMetric } from "./definitions.js";
import { independentSeries, type SeriesQuestion } from "./independent-series.js";

/** The question that a chart of one metric answers. */
export interface ChartQuestion extends Omit<SeriesQuestion, "aggregation" | "belongs" | "first"> {
  readonly aggregations: readonly string[];
  readonly by: readonly string[];
  /** How many groups have lines of their own. */
  readonly top: number;
  /** Which items are asked for. */
  readonly where: (item: SentMetric) => boolean;
  /** How many seconds before lies the period that is compared with. */
  readonly back?: number;
}

/** One line of a chart. */
export interface IndependentLine {
  /** The value of each key; `undefined` for the others. */
  readonly group: readonly (string | null)[] | undefined;
  readonly aggregation: string;
  readonly values: readonly (number | null)[];
  readonly total: number | null;
  readonly earlier?: { readonly values: readonly (number | null)[]; readonly total: number | null };
}

/** Computes all lines of a chart from the sent metrics: the groups with the largest totals, and all others together. */
export function independentChart(
  sent: readonly SentMetric[],
  question: ChartQuestion,
): IndependentLine[] {
  const { since, until, by, top, where, back } = question;
  const asked = sent.filter(where);
  const groupOf = (item: SentMetric): string =>
    JSON.stringify(by.map((key) => item.attributes[key] ?? null));
  const inRange = asked.filter(({ seconds }) => seconds >= since && seconds < until);
  const groups = [...new Set(inRange.map(groupOf))]
    .map((group) => ({ group, size: totalOf(group) }))
    .sort((a, b) => b.size - a.size)
    .map(({ group }) => group);
  const own = new Set(by.length === 0 ? ["[]"] : groups.slice(0, top));
  const isOther = (item: SentMetric): boolean => !own.has(groupOf(item));
  return [
    ...[...own].flatMap((group) => lines(JSON.parse(group), (item) => groupOf(item) === group)),
    ...(inRange.some(isOther) ? lines(undefined, isOther) : []),
  ];

  function totalOf(group: string): number {
    const [aggregation = ""] = question.aggregations;
    const belongs = (item: SentMetric): boolean => groupOf(item) === group;
    return independentSeries(asked, { ...question, aggregation, belongs }).total ?? -Infinity;
  }

  function lines(
    group: IndependentLine["group"],
    belongs: (item: SentMetric) => boolean,
  ): IndependentLine[] {
    return question.aggregations.map((aggregation) => ({
      group,
      aggregation,
      ...independentSeries(asked, { ...question, aggregation, belongs }),
      ...(back !== undefined && { earlier: earlierOf(aggregation, belongs, back) }),
    }));
  }

  function earlierOf(
    aggregation: string,
    belongs: (item: SentMetric) => boolean,
    offset: number,
  ): NonNullable<IndependentLine["earlier"]> {
    const { interval } = question;
    return independentSeries(asked, {
      ...question,
      aggregation,
      belongs,
      since: since - offset,
      until: until - offset,
      first: Math.floor(since / interval) * interval - offset,
    });
  }
}

import type { MetricType } from "@spanmeter/explorer/model/metric";
import type { Key } from "../keys/keys.js";
import { change, parameters } from "../url/address.js";
import { DRAWINGS } from "../url/parameters.js";
import { command, dots, isTableShown } from "./looked-at.js";

const focus = (selector: string): void => document.querySelector<HTMLElement>(selector)?.focus();

/** The keys of a metric's screen. */
export const exploreKeys = (type: MetricType): readonly Key[] => [
  { keys: "/", does: "Add a filter", run: () => focus("#filter") },
  { keys: "m", does: "Choose a metric", run: () => focus("#metric") },
  { keys: "b", does: "Group by", run: () => focus(".panel-bar [aria-label^='Group by']") },
  {
    keys: "c",
    does: "Compare with the previous period, or not",
    run: () => change({ compare: parameters.value.compare === undefined ? "previous" : undefined }),
  },
  {
    keys: "v",
    does: "Draw it in the next way",
    run: () => {
      const ways = DRAWINGS.filter((each) => each !== "heat" || type !== "counter");
      const place = ways.indexOf(parameters.value.view ?? "line");
      change({ view: ways[(place + 1) % ways.length] });
    },
  },
  {
    keys: "T",
    does: "Show the numbers of the charts",
    run: () => (isTableShown.value = !isTableShown.value),
  },
  {
    keys: "n",
    does: "Open the next item of the chart, the greatest first",
    run: () => openNext(1),
  },
  { keys: "p", does: "Open the item before", run: () => openNext(-1) },
  {
    keys: "Y",
    does: "Copy the command that prints these numbers",
    run: () => void navigator.clipboard.writeText(command.value),
  },
  { keys: "x", does: "Ask what changed", run: () => change({ tab: "changes" }) },
];

function openNext(by: 1 | -1): void {
  const { trace, span } = parameters.value;
  const all = dots.value.filter(({ traceId }) => traceId !== undefined);
  const place = trace === undefined ? -1 : all.findIndex(({ id }) => id === span);
  const next = place < 0 ? all[0] : all[place + by];
  if (next) change({ trace: next.traceId, span: next.id });
}

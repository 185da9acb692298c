import type { Series } from "@spanmeter/explorer/model/series";
import type { ChartActions } from "../chart/chart-model.js";
import { change, parameters, zoom } from "../url/address.js";
import { ofGroup } from "../url/filters.js";
import { lit } from "./looked-at.js";
import { lineKey } from "./to-chart.js";

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** Turns actions on a chart into changes of the address. */
export function chartActions(
  series: readonly Series[],
  { isFirst }: { readonly isFirst: boolean },
): ChartActions {
  return {
    onZoom: ({ since, until }) => zoom({ since: iso(since), until: iso(until), box: undefined }),
    onBox: (box) => {
      if (!box) return change({ box });
      // The tabs ask about the first panel: of another one only the time counts.
      const { since, until } = box;
      change({ box: isFirst ? box : { since, until }, tab: "changes" });
    },
    onOpen: ({ id, traceId }) => {
      if (traceId) change({ trace: traceId, span: id });
    },
    onPoint: (id) => (lit.value = id),
    onLine: (key, isExcluded) => {
      const group = series.find((each) => lineKey(each, "") === key)?.group;
      const { where } = parameters.value;
      if (!group) return;
      const added = ofGroup(group, isExcluded).filter((each) => !where.includes(each));
      change({ where: [...where, ...added] });
    },
  };
}

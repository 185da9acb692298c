import type { TraceSummary } from "@spanmeter/explorer/model/trace-list";
import type { TracePage } from "@spanmeter/explorer/model/trace-page";
import { apiPath } from "../api/ask.js";
import { commandOf } from "../copy/command.js";
import { CopyMenu } from "../copy/copy-menu.js";
import { csvOf } from "../copy/csv.js";
import { parameters } from "../url/address.js";
import { askedRange } from "../url/asked-range.js";

/** Copies a trace. */
export const TraceCopy = ({ page }: { readonly page: TracePage }) => (
  <CopyMenu
    command={commandOf(["trace", page.traceId], {})}
    path={apiPath(["traces", page.traceId])}
    csv={() =>
      csvOf([
        ["span", "parent", "op", "name", "offset ms", "duration ms", "self ms", "typical ms"],
        ...page.spans.map((span) => [
          span.spanId,
          span.parentSpanId,
          span.op,
          span.name,
          span.offsetMs,
          span.durationMs,
          span.selfMs,
          span.typicalMs,
        ]),
      ])
    }
  />
);

/** Copies a list of traces. */
export function TraceListCopy({ traces }: { readonly traces: readonly TraceSummary[] }) {
  const { where, metric, type, unit, sort } = parameters.value;
  const asked = { ...askedRange(parameters.value), where, type, unit, sort };
  return (
    <CopyMenu
      command={commandOf(["traces"], { ...asked, metric })}
      path={apiPath(["traces"], { ...asked, metric })}
      csv={() =>
        csvOf([
          ["trace", "op", "name", "start", "duration ms", "spans", "errors", "logs", "metrics"],
          ...traces.map((each) => [
            each.traceId,
            each.root?.op,
            each.root?.name,
            each.start,
            each.durationMs,
            each.spans,
            each.errors,
            each.logs,
            each.metrics,
          ]),
        ])
      }
    />
  );
}

import type { PageSpan, TracePage } from "@spanmeter/explorer/model/trace-page";
import { formatMs } from "../format/value.js";
import { factorOf, formatFactor, guiltySpan, isRare } from "./excess.js";

/** So much of a name fits into a sentence. */
const SHOWN = 80;

interface GuiltyProps {
  readonly page: TracePage;
  readonly onFind: (id: string) => void;
}

/** Names the span that delayed the trace most, in a sentence. */
export function Guilty({ page, onFind }: GuiltyProps) {
  const { typical } = page;
  if (page.spans.length === 0) return null;
  if (!typical)
    return <p class="faint">No other trace with this root is stored, so nothing is usual yet.</p>;
  const found = guiltySpan(page);
  if (!found) return <p class="faint">No span took much longer than usual.</p>;
  const { span } = found;
  const factor = factorOf(span);
  return (
    <p class="guilty">
      <span class="name" title={span.name}>
        {span.op && <b>{span.op} </b>}
        {span.name.length > SHOWN ? `${span.name.slice(0, SHOWN)}…` : span.name}
      </span>{" "}
      took <b>{formatMs(span.selfMs)}</b> itself,{" "}
      {factor === undefined || isRare(span, page)
        ? whyUnusual(page, span)
        : `${formatFactor(factor)} times its typical ${formatMs(span.typicalMs ?? 0)}`}
      .{" "}
      <button type="button" class="small" onClick={() => onFind(span.id)}>
        Show it
      </button>
    </p>
  );
}

function whyUnusual({ typical }: TracePage, { typicalMs, typicalSpans = 0 }: PageSpan): string {
  const traces = typical?.traces ?? 0;
  if (typicalSpans === 0)
    return traces === 1
      ? "and is not in the other trace with this root"
      : `and is not in the ${traces} other traces with this root`;
  if (typicalSpans < traces / 2)
    return `and is not in ${traces - typicalSpans} of the ${traces} other traces with this root`;
  return `typically ${formatMs(typicalMs ?? 0)}`;
}

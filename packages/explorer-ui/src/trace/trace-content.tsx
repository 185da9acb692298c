import type { TracePage } from "@spanmeter/explorer/model/trace-page";
import { useRef } from "preact/hooks";
import { apiPath } from "../api/ask.js";
import { useAnswer } from "../api/use-answer.js";
import { Empty, Failed, Loading } from "../parts/state.js";
import { TraceView } from "./trace-view.js";

interface ContentProps {
  readonly id: string;
  readonly takesFocus: () => boolean;
}

/** A trace, as soon as something of it was received. */
export function TraceContent({ id, takesFocus }: ContentProps) {
  const { data, error } = useAnswer<TracePage>(apiPath(["traces", id], { view: "page" })).value;
  const shown = useRef<TracePage | undefined>(undefined);
  if (data && (!shown.current || signatureOf(data) !== signatureOf(shown.current)))
    shown.current = data;
  if (shown.current)
    return <TraceView page={shown.current} error={error} takesFocus={takesFocus} />;
  if (error?.code === "not_found")
    return (
      <Empty title="Waiting for spans">
        <p role="status">
          Nothing of trace <span class="mono name">{id}</span> was received yet. What arrives
          appears here by itself.
        </p>
        <p class="faint">
          An application sends its spans when they end, often some seconds later. If it does not
          record traces, look at its <code>tracesSampleRate</code>.
        </p>
      </Empty>
    );
  if (error) return <Failed error={error} />;
  return <Loading what="the trace" />;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

/** Changes only with the trace: items of other traces arrive all the time, and must not draw it again. */
const signatureOf = ({ spans, marks, durationMs, typical, start }: TracePage): string =>
  [
    spans.length,
    marks.length,
    start,
    durationMs,
    typical?.traces,
    sum(spans.map(({ selfMs, typicalMs = 0 }) => selfMs + typicalMs)),
  ].join(" ");

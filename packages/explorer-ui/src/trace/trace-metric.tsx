import type { SeriesAnswer } from "@spanmeter/explorer/model/series";
import type { TraceMark, TracePage } from "@spanmeter/explorer/model/trace-page";
import { useRef } from "preact/hooks";
import { useAnswer } from "../api/use-answer.js";
import { useIsSeen } from "../parts/use-is-seen.js";
import { callsOfMark, textOfMark } from "./mark-text.js";
import { metricAddress, timeOf } from "./metric-address.js";
import { Sign } from "./sign.js";
import { Spark } from "./spark.js";
import { around } from "./spark-question.js";

interface MetricProps {
  readonly page: TracePage;
  /** The one whose value is marked. */
  readonly mark: TraceMark;
  /** How often the metric was recorded in the trace. */
  readonly times: number;
  readonly onFind: (id: string) => void;
}

/** One metric of a trace: its value here, and its course. The course is asked for when it can be seen. */
export function TraceMetric({ page, mark, times, onFind }: MetricProps) {
  const line = useRef<HTMLLIElement>(null);
  const question = around(mark, timeOf(page, mark));
  const isSeen = useIsSeen(line);
  const answer = useAnswer<SeriesAnswer>(isSeen ? question.path : undefined, () => false).value;
  const { data } = answer;
  const calls = callsOfMark(mark);
  const spark = data && question.read(data);
  return (
    <li ref={line}>
      <span class="sign-place metric">
        <Sign name="metric" />
      </span>
      <a class="name cut" href={metricAddress(page, mark)} title={`Chart of ${mark.name}`}>
        {mark.name}
      </a>
      <button
        type="button"
        class="small value"
        title={
          times > 1 ? `The one of ${times} that is shown in the trace` : "Show it in the trace"
        }
        onClick={() => onFind(mark.id)}
      >
        {textOfMark(mark)}
        {calls && <span class="faint"> {calls}</span>}
        {times > 1 && <span class="faint"> of {times}</span>}
        <span class="unseen">: show {mark.name} in the trace</span>
      </button>
      <span class="spark-place">
        {spark && <Spark {...spark} />}
        {answer.error && <span class="faint name">{answer.error.message}</span>}
      </span>
      <span class="faint words">{spark?.words}</span>
    </li>
  );
}

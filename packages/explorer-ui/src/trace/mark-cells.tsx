import type { TraceMark, TracePage } from "@spanmeter/explorer/model/trace-page";
import { callsOfMark, textOfMark, titleOfMark, toneOf } from "./mark-text.js";
import { Sign, signOf } from "./sign.js";

/** The name of a mark: of a metric with its value, a log with its level. */
export function MarkName({ mark, address }: { mark: TraceMark; address: string | undefined }) {
  const { name, verdict } = mark;
  const tone = toneOf(mark);
  const calls = callsOfMark(mark);
  return (
    <>
      <span class={`sign-place ${tone}`}>
        <Sign name={signOf(mark)} />
      </span>
      {verdict !== "accepted" && <span class={`verdict ${verdict}`}>{verdict}</span>}
      <span class={`tag ${tone}`}>{textOfMark(mark)}</span>
      {calls && <span class="calls faint">{calls}</span>}
      {address ? (
        <a class="cut name" href={address} tabIndex={-1} title={`Chart of ${name}`}>
          {name}
        </a>
      ) : (
        <span class={`cut name ${mark.kind === "error" ? "bad" : ""}`} title={name}>
          {name}
        </span>
      )}
    </>
  );
}

/** The sign of a mark at its time. Marks before the first span or after the last are at the edge. */
export function MarkPlace({ mark, page }: { mark: TraceMark; page: TracePage }) {
  const share = page.durationMs > 0 ? mark.offsetMs / page.durationMs : 0;
  return (
    <span
      class={`at ${toneOf(mark)}`}
      aria-hidden="true"
      title={titleOfMark(mark)}
      style={{ insetInlineStart: `${Math.max(0, Math.min(share, 1)) * 100}%` }}
    >
      {share < 0 && "← "}
      <Sign name={signOf(mark)} />
      {share > 1 && " later"}
    </span>
  );
}

import type { TracePage } from "@spanmeter/explorer/model/trace-page";
import { formatCount } from "../format/number.js";
import { formatMs } from "../format/value.js";
import { isRare, slowSpans } from "./excess.js";

const SHOWN = 10;

interface SlowerProps {
  readonly page: TracePage;
  readonly onFind: (id: string) => void;
}

/** The spans that took longer than usual, the greatest excess first. */
export function SlowerList({ page, onFind }: SlowerProps) {
  const slow = slowSpans(page, SHOWN);
  return (
    <section aria-label="What took longer than usual" class="slower">
      <h3>What took longer than usual</h3>
      {!page.typical && (
        <p class="faint">No other trace has the same root: nothing is usual yet.</p>
      )}
      {page.typical && slow.length === 0 && <p class="faint">Nothing did.</p>}
      <ol>
        {slow.map(({ span, excessMs }) => (
          <li key={span.id}>
            <button type="button" class="plain" onClick={() => onFind(span.id)}>
              <b class="excess">+{formatMs(excessMs)}</b>
              <span class="name cut">
                {span.op} {span.name}
              </span>
              <span class="faint">
                {formatMs(span.selfMs)},{" "}
                {isRare(span, page)
                  ? `in ${formatCount(span.typicalSpans ?? 0)} of ${formatCount(page.typical?.traces ?? 0)} other traces`
                  : `typically ${formatMs(span.typicalMs ?? 0)}`}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

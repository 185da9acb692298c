import { useLayoutEffect, useRef } from "preact/hooks";
import { formatTime } from "../format/time.js";
import { formatValue } from "../format/value.js";
import type { ChartDot, ChartModel } from "./chart-model.js";
import type { Hover } from "./pointing.js";
import { coloursOf } from "./line-colours.js";
import { LineMark } from "./line-mark.js";
import { readBucket, readTime, type ReadLine } from "./readout.js";

/** Distance from the pointer, in CSS pixels. */
const DISTANCE = 14;
const LINES = 12;

interface HoverCardProps {
  readonly model: ChartModel;
  readonly hover: Hover;
}

/** The values of a bucket, beside the pointer and inside of the chart. Screen readers get them announced. */
export function HoverCard({ model, hover }: HoverCardProps) {
  const card = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (card.current) place(card.current, hover);
  });
  const all = readBucket(model, hover.bucket);
  const lines = all.slice(0, LINES);
  const colours = model.draw === "heat" ? undefined : coloursOf(model.lines);
  return (
    <div class="chart-card" ref={card} aria-hidden="true">
      <p class="faint">{readTime(model, hover.bucket)}</p>
      {all.length === 0 && <p>No items</p>}
      <table>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key} class={line.place === hover.place ? "current" : undefined}>
              <th scope="row">
                {colours && <LineMark {...(colours.get(line.key) ?? OTHERS)} />}
                <span class="name">{line.label}</span>
              </th>
              <td class="number">{line.value}</td>
              <Earlier line={line} />
            </tr>
          ))}
        </tbody>
      </table>
      {all.length > LINES && <p class="faint">and {all.length - LINES} more</p>}
      {hover.dot && <Dot dot={hover.dot} unit={model.unit} />}
    </div>
  );
}

const OTHERS = { token: "--others", dash: [] };

const Earlier = ({ line }: { readonly line: ReadLine }) =>
  line.earlier === undefined ? null : <td class="number faint">was {line.earlier}</td>;

const Dot = ({ dot, unit }: { readonly dot: ChartDot; readonly unit: string }) => (
  <p class="chart-sample">
    <strong>{dot.text ?? formatValue(dot.value, unit)}</strong> at {formatTime(dot.time * 1000)}
    {dot.errors > 0 && (
      <span class="bad">
        , {dot.errors} {dot.errors === 1 ? "error" : "errors"}
      </span>
    )}
    <br />
    <span class="faint">{dot.traceId ? "Click: open trace" : "Click: open sample"}</span>
  </p>
);

/** A narrower chart has no room for a card beside the pointer: it is below, in CSS pixels. */
const NARROW = 480;

/** Beside the pointer on the side that has room, and never beyond the edges of the chart. */
function place(card: HTMLElement, { left, top }: Hover): void {
  const { clientWidth, clientHeight } = card.parentElement ?? card;
  const { offsetWidth, offsetHeight } = card;
  const isRight = left + DISTANCE + offsetWidth <= clientWidth;
  const x = isRight ? left + DISTANCE : left - DISTANCE - offsetWidth;
  const y = clientWidth < NARROW ? clientHeight : top - offsetHeight / 2;
  const lowest = clientWidth < NARROW ? clientHeight : clientHeight - offsetHeight;
  card.style.left = `${Math.max(0, Math.min(x, clientWidth - offsetWidth))}px`;
  card.style.top = `${Math.max(0, Math.min(y, lowest))}px`;
}

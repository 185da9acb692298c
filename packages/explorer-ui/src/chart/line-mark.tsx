import { EARLIER_DASH } from "./plot-options.js";

interface LineMarkProps {
  readonly token: string;
  readonly dash: readonly number[];
  readonly isEarlier?: boolean;
}

/** A piece of a line as the chart draws it. */
export const LineMark = ({ token, dash, isEarlier = false }: LineMarkProps) => (
  <svg class="line-mark" width="22" height="10" aria-hidden="true">
    <line
      x1="0"
      x2="22"
      y1="5"
      y2="5"
      style={{ stroke: `var(${token})` }}
      stroke-width={isEarlier ? 1.5 : 3}
      stroke-dasharray={(isEarlier ? EARLIER_DASH : dash).join(" ")}
    />
  </svg>
);

import type { TraceMark } from "@spanmeter/explorer/model/trace-page";

/** Outlines in a square of 10: fonts do not have these signs everywhere. */
const SHAPES = {
  metric: "M5 0.5 9.5 5 5 9.5 0.5 5Z",
  error:
    "M2.2 0.8 5 3.6 7.8 0.8 9.2 2.2 6.4 5 9.2 7.8 7.8 9.2 5 6.4 2.2 9.2 0.8 7.8 3.6 5 0.8 2.2Z",
  other: "M2 2H8V8H2Z",
  dropped: "M5 0.5A4.5 4.5 0 1 0 5 9.5 4.5 4.5 0 1 0 5 0.5ZM2 4.2H8V5.8H2Z",
  open: "M0.8 3H9.2L5 8Z",
  closed: "M3 0.8 8 5 3 9.2Z",
} as const;

/** The name of a sign. */
export type SignName = keyof typeof SHAPES;

/** A small sign in the colour of the text around it. What it means is said in words, too. */
export const Sign = ({ name }: { name: SignName }) => (
  <svg class="sign" viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
    <path d={SHAPES[name]} fill="currentColor" fill-rule="evenodd" />
  </svg>
);

/** The sign of a mark, which stands before its name and at its place in time. */
export function signOf({ kind, verdict }: TraceMark): SignName {
  if (verdict === "dropped") return "dropped";
  return kind === "metric" || kind === "error" ? kind : "other";
}

import type { Key } from "../keys/keys.js";
import { addressOf, change, go, isZoomed, parameters } from "../url/address.js";
import { isHelpOpen } from "./help.js";
import { resizeRange } from "./range-picker.js";

/** The keys of every screen. */
export const PAGE_KEYS: readonly Key[] = [
  { keys: "?", does: "Show the keys", run: () => (isHelpOpen.value = true) },
  { keys: "g e", does: "Go to all metrics", run: () => go(addressOf({ at: "home" })) },
  { keys: "g t", does: "Go to traces", run: () => go(addressOf({ at: "traces" })) },
  { keys: "g s", does: "Go to live items", run: () => go(addressOf({ at: "live" })) },
  { keys: "g l", does: "Go to lint", run: () => go(addressOf({ at: "lint" })) },
  { keys: "g c", does: "Go to cost", run: () => go(addressOf({ at: "cost" })) },
  { keys: "[", does: "Halve the time range", run: () => resizeRange(0.5) },
  { keys: "]", does: "Double the time range", run: () => resizeRange(2) },
  {
    keys: "y",
    does: "Copy the link",
    run: () => void navigator.clipboard.writeText(location.href),
  },
  {
    keys: "Escape",
    does: "Close the drawer, clear the selection, or undo the zoom",
    run: () => {
      const { trace, box, since, until } = parameters.value;
      if (trace) change({ trace: undefined, span: undefined });
      else if (box) change({ box: undefined });
      else if (isZoomed() && until !== "now" && since) history.back();
    },
  },
];

import { formatTime } from "../format/time.js";
import { change, parameters } from "../url/address.js";
import { RANGES } from "../url/ranges.js";

const NAMES: Readonly<Record<string, string>> = {
  "30s": "30 seconds",
  "1m": "minute",
  "5m": "5 minutes",
  "15m": "15 minutes",
  "1h": "hour",
  "3h": "3 hours",
  "12h": "12 hours",
  "1d": "day",
  "7d": "7 days",
  "30d": "30 days",
};

/** Chooses the range of time. */
export function RangePicker() {
  const { since, until } = parameters.value;
  const isKnown = until === "now" && (RANGES as readonly string[]).includes(since);
  return (
    <select
      aria-label="Time range"
      value={isKnown ? since : "own"}
      onChange={({ currentTarget }) => change({ since: currentTarget.value, until: "now" })}
    >
      {!isKnown && <option value="own">{`${momentText(since)} – ${momentText(until)}`}</option>}
      {RANGES.map((each) => (
        <option key={each} value={each}>
          Last {NAMES[each]}
        </option>
      ))}
    </select>
  );
}

/** Writes a time as people read it, and a duration as it is. */
const momentText = (moment: string): string =>
  /^\d{4}-\d\d-\d\dT/.test(moment) ? formatTime(moment) : moment;

/** Halves the range, or doubles it. */
export function resizeRange(factor: 0.5 | 2): void {
  const { since, until } = parameters.value;
  const place = (RANGES as readonly string[]).indexOf(since);
  if (until === "now" && place >= 0) {
    const next = RANGES[place + (factor === 2 ? 1 : -1)];
    if (next) change({ since: next });
    return;
  }
  const [from, to] = [Date.parse(since), Date.parse(until)];
  if (!(from < to)) return;
  const middle = (from + to) / 2;
  const half = ((to - from) / 2) * factor;
  change({
    since: new Date(middle - half).toISOString(),
    until: new Date(middle + half).toISOString(),
  });
}

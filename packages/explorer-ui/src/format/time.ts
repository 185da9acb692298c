const clock = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** Writes a time of day in the zone of the browser, with the day if it is not today: `20:24:05`, `26 Nov 20:24:05`. */
export function formatTime(time: Date | string | number): string {
  const date = new Date(time);
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday ? clock.format(date) : `${day.format(date)} ${clock.format(date)}`;
}

const STEPS = [
  [86_400, "d"],
  [3_600, "h"],
  [60, "min"],
  [1, "s"],
] as const;

/** Writes how long ago something was, for example `3 min ago`. */
export function formatAgo(time: string, nowMs: number = Date.now()): string {
  const seconds = Math.max(0, (nowMs - Date.parse(time)) / 1000);
  const [size, unit] = STEPS.find(([each]) => seconds >= each) ?? [1, "s"];
  return seconds < 1 ? "now" : `${Math.floor(seconds / size)} ${unit} ago`;
}

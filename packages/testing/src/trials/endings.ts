/** One way in which a process ends. */
export interface EndingRow {
  /** The argument of the script. Default: the name of the row. */
  readonly way?: string;
  /** Flags of node. */
  readonly flags?: readonly string[];
  /** The process ends because its event loop is empty. */
  readonly isNatural?: boolean;
}

const rejections = (mode: string, isNatural = false): EndingRow => ({
  way: "rejection",
  flags: [`--unhandled-rejections=${mode}`],
  isNatural,
});
const natural = (...names: string[]): Record<string, EndingRow> =>
  Object.fromEntries(names.map((name) => [name, { isNatural: true }]));
const ways = (...names: string[]): Record<string, EndingRow> =>
  Object.fromEntries(names.map((name) => [name, {}]));

/** All ends of a process, thread or child that must lose nothing. `test/fixtures/ending.ts` of node runs them. */
export const ENDINGS: Readonly<Record<string, EndingRow>> = {
  ...natural("natural", "exit code"),
  ...ways("exit", "exit in a promise", "exit in a timer"),
  ...ways("exit while flushing", "exit while closing", "exit in beforeExit"),
  ...ways("exit with ten handlers of everything"),
  ...ways("exit handler before", "exit handler after", "flush in an exit handler"),
  ...ways("SIGTERM", "SIGINT", "SIGHUP", "SIGTERM twice"),
  ...ways("SIGTERM handler before", "SIGTERM handler after", "SIGTERM handler that stays"),
  ...ways("SIGINT handler before", "SIGINT handler after", "SIGINT handler that stays"),
  ...ways("SIGHUP handler before", "SIGHUP handler after", "SIGHUP handler that stays"),
  ...ways("signal handler that exits at once", "signal handler that raises again when it is alone"),
  ...ways("signal handler that raises again later"),
  ...ways("throw", "throw later", "throw in an exit handler"),
  ...natural("uncaughtException handler that stays"),
  ...ways("uncaughtException handler that exits"),
  "rejection, throw": rejections("throw"),
  "rejection, strict": rejections("strict"),
  "rejection, warn": rejections("warn", true),
  "rejection, none": rejections("none", true),
  "rejection, warn-with-error-code": rejections("warn-with-error-code", true),
  ...ways("unhandledRejection handler that exits"),
  ...natural("thread: natural"),
  ...ways("thread: exit", "thread: throw later", "thread: rejection"),
  ...ways("around a thread: exit", "around a thread: SIGTERM", "around a thread: throw"),
  ...natural("cluster: disconnect"),
  ...ways("cluster: exit", "cluster: killed", "cluster: SIGTERM"),
  ...natural("fork: natural", "fork: disconnect"),
  ...ways("fork: exit", "fork: killed"),
};

/**
 * How the metrics of one trial ended. The trial records them with `Sentry.metrics`, either in plain Sentry or with
 * Spanmeter behind it.
 */
export interface SentryEnd {
  readonly recorded: number;
  /** The number of different metrics that the server counted, from this process and the next. */
  readonly arrived: number;
  /** Metrics that the server counted more than once. */
  readonly doubled: number;
  /** The most metrics that may arrive twice, because the server counted them without a clean answer. */
  readonly ambiguous: number;
  /** Lost metrics that client reports announced, of either side. */
  readonly reported: number;
  /** Lost metrics that `onDrop` announced. Plain Sentry has nothing of the kind. */
  readonly dropped: number;
}

/** The number of metrics that neither arrived nor were announced, by a client report or by `onDrop`. */
export const unannounced = ({ recorded, arrived, reported, dropped }: SentryEnd): number =>
  Math.max(0, recorded - arrived - Math.max(reported, dropped));

/** The number of lost metrics that were announced although they had arrived. */
const falselyAnnounced = ({ recorded, arrived, reported, dropped }: SentryEnd): number =>
  Math.max(0, arrived + Math.max(reported, dropped) - recorded);

/**
 * Returns the promises of Spanmeter that this trial broke, in sentences; none if it kept all of them: no metric is lost
 * unannounced, and only what has no clean answer arrives twice.
 */
export function brokenPromises(end: SentryEnd): string[] {
  const broken: string[] = [];
  if (unannounced(end) > 0) broken.push(`${unannounced(end)} lost unannounced`);
  if (end.doubled > end.ambiguous)
    broken.push(`${end.doubled} twice, of which ${end.ambiguous} may be ambiguous`);
  if (falselyAnnounced(end) > end.ambiguous)
    broken.push(`${falselyAnnounced(end)} announced as lost that arrived`);
  return broken;
}

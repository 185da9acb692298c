import { createHash, randomUUID } from "node:crypto";

/** The state on which an answer of the API depends. */
export interface AnswerState {
  readonly url: string;
  /** The newest item when it was asked for. */
  readonly seq: bigint;
  /** Number of the answer, by which answers of different moments differ. */
  readonly number: number;
}

/** Paths whose answers have no range of time. */
const WITHOUT_RANGE = /^\/api\/(?:stats|openapi\.json|items\/[^/]+|traces\/[^/]+)$/;
/** Paths whose range has no limits unless `since` or `until` is given. */
const UNLIMITED =
  /^\/api\/(?:samples|traces|events|verdicts|metrics\/[^/]+\/(?:samples|attributes(?:\/[^/]+\/values)?))$/;
/** A date with a time or none, or seconds since the epoch. A time of day alone moves with the day. */
const ABSOLUTE = /^(?:\d{4}-\d\d-\d\d.*|\d{9,}(?:\.\d+)?)$/;
/** The range just before, or a duration back from the range. */
const FROM_RANGE = /^(?:previous|(?:[\d.]+(?:ms|[smhdw]))+)$/;

/**
 * Returns whether an answer changes only when something arrives. Answers with a range that counts back from now change
 * with every moment, although nothing arrives: items leave the range, and rates are over another time.
 */
export function isTimeless(url: string): boolean {
  const { pathname, searchParams } = new URL(url);
  if (WITHOUT_RANGE.test(pathname)) return true;
  const [since, until] = [searchParams.get("since"), searchParams.get("until")];
  const compare = searchParams.get("compare") ?? "previous";
  if (!FROM_RANGE.test(compare) && !compare.split("..").every((each) => ABSOLUTE.test(each)))
    return false;
  if (since === null && until === null) return UNLIMITED.test(pathname);
  return ABSOLUTE.test(since ?? "") && ABSOLUTE.test(until ?? "");
}

/**
 * Creates the function that returns the `ETag` of an answer: from its URL and the newest item, and for a range that
 * counts back from now also the number of the answer. Such a tag means one single answer, because the next one is of
 * another moment; a tag with the second in it would be that of several. Another start of the explorer has other tags:
 * its store may be another one, whose items have the same numbers.
 */
export function createAnswerTag(): (state: AnswerState) => string {
  const start = randomUUID();
  return function answerTag({ url, seq, number }) {
    const parts = [start, seq, isTimeless(url) ? "" : number, url];
    return `"${createHash("sha256").update(parts.join(" ")).digest("base64url").slice(0, 22)}"`;
  };
}

/** Returns whether a header `If-None-Match` names a tag. Proxies may have marked it as weak. */
export const matchesTag = (header: string | undefined, tag: string): boolean =>
  (header ?? "").split(",").some((each) => each.trim().replace(/^W\//, "") === tag);

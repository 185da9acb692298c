import { withTimeout, type Timers, type Undo } from "@spanmeter/core";

/**
 * Browsers refuse a `keepalive` request when more than 64 KiB of such bodies would be in flight from
 * one page (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch), and Chromium also counts the
 * requests. Some room is left for others on the page, such as a Sentry SDK.
 */
const MAX_BYTES = 60_000;
const MAX_REQUESTS = 14;
/** For how many milliseconds an answer waits for its body, which follows closely. */
const BODY_MS = 1_000;

// Module level, because the browser keeps one budget for everything on the page.
let bytes = 0;
let requests = 0;
/** How the last request on the page ended. */
let wasAnswered = false;
let wasRefused = false;

/** The part of a `Response` whose end says that the browser no longer counts the request. */
interface WithBody {
  blob(): PromiseLike<unknown>;
}

/** One try of a request. */
interface Attempt<T> {
  readonly answer: PromiseLike<T>;
  /** Called when its answer was read to the end, or none came. */
  readonly onEnd: Undo;
  /** How long it may still take, in milliseconds. */
  leftMs(): number;
}

/** Whether the browser lets a request of so many bytes outlive the page. */
export const hasRoom = (size: number): boolean =>
  bytes + size <= MAX_BYTES && requests < MAX_REQUESTS;

/**
 * Calls `send` with `true` when a body of `size` bytes fits into the budget that the page has left. Other
 * code on the page uses the same budget, unseen by this code: the browser then rejects with the `TypeError` of a
 * broken connection. If the request before was answered, a rejected one is sent again without `keepalive`.
 * Otherwise only the next one is sent without it, so that a blocker that refuses everything gets no request
 * twice. Resolves with the answer once its body has ended, at most a second later.
 */
export async function withBudget<T extends WithBody>(
  size: number,
  send: (keepalive: boolean) => Attempt<T>,
  timers: Timers,
  mayOutlive: boolean = !wasRefused,
): Promise<T> {
  const mayRepeat = wasAnswered;
  const keepalive = mayOutlive && hasRoom(size);
  const charge = (sign: 1 | -1): void => {
    if (!keepalive) return;
    bytes += sign * size;
    requests += sign;
  };
  let attempt: Attempt<T> | undefined;
  let hasEnded = false;
  const end = (): void => {
    if (hasEnded) return;
    hasEnded = true;
    charge(-1);
    attempt?.onEnd();
  };
  charge(1);
  try {
    attempt = send(keepalive);
    const response = await attempt.answer;
    wasAnswered = true;
    wasRefused = false;
    // The status is known, and how the body ends changes nothing. But the browser counts the request until then, and
    // the client's next one needs the room. Reading it as text would take the main thread 0.2 ms longer.
    const reading = (async () => response.blob())().then(end, end);
    // Half of the time that is left: the client must have the status before it gives the request up.
    await withTimeout(reading, Math.min(BODY_MS, attempt.leftMs() / 2), undefined, timers);
    return response;
  } catch (error) {
    end();
    wasAnswered = false;
    // It may be the `TypeError` of another realm.
    wasRefused = keepalive && (error as Error).name === "TypeError";
    if (!wasRefused) throw error;
    // Chromium rejects what is under way when it tears a page down, though it arrives. No timer fires
    // there any more, so that nobody learns of it and sends it a second time.
    await new Promise<void>((resolve) => timers.setTimer(resolve, 0));
    if (!mayRepeat) throw error;
  }
  return withBudget(size, send, timers, false);
}

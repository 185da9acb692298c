import { trySentryEnding, type SentryMoment } from "@spanmeter/testing/trials/try-sentry-ending";
import { describe, expect, test } from "vitest";
import { bundle } from "../support/run-script.js";

/** A row of each kind; `scripts/reliability/write.mjs --behind-sentry` runs all of them. */
const ENDS: readonly (readonly [way: string, moment: SentryMoment])[] = [
  ["natural", "the server is down"],
  ["exit", "nothing has left"],
  ["exit", "the server is down"],
  ["exit", "one unanswered"],
  ["SIGTERM", "nothing has left"],
  ["SIGINT handler that stays", "nothing has left"],
  ["throw", "the server is down"],
  ["throw in an exit handler", "nothing has left"],
  ["thread: exit", "nothing has left"],
];
const script = (): string => bundle("ending-with-sentry", "cjs");

describe.concurrent("metrics of Sentry.metrics outlive their process, which ends as with Sentry alone", () => {
  describe.each([10, 11])("@sentry/node %i", (major) => {
    test.each(ENDS)("by '%s' while %s", async (way, moment) => {
      const attempt = (mode: "plain" | "integration") =>
        trySentryEnding(script(), way, moment, { major, mode });
      const trial = await attempt("integration");
      expect(trial).toMatchObject({ broken: [], arrived: 250, reported: 0 });
      // The trial tested the right moment. Without one that may be ambiguous, none arrived twice.
      expect(trial.ambiguous > 0).toBe(moment === "one unanswered");
      expect(trial.end).toEqual((await attempt("plain")).end);
    });
  });
});

test("a trial detects losses of Sentry alone", async () => {
  const setup = { major: 11, mode: "plain" } as const;
  const trial = await trySentryEnding(script(), "exit", "nothing has left", setup);
  expect(trial).toMatchObject({ recorded: 250, arrived: 0, reported: 0 });
});

import type { Reply } from "@spanmeter/testing";
import { describe, expect, test } from "vitest";
import type { Drop } from "../../src/index.js";
import { ingestForTest } from "../support/ingest.js";
import { runScript } from "../support/run-script.js";
import { stateForTest } from "../support/state.js";

interface End {
  /** Dropped metrics of the process that ended, by reason. */
  readonly lost: Readonly<Record<string, number>>;
  /** How many metrics the next process sent. */
  readonly next: number;
  readonly stdout: string;
}

/** Ends a process while the server answers with a status; the next process finds a working server. */
async function endWith(status: number, way: string, flags: readonly string[] = []): Promise<End> {
  const reply: Reply = { status };
  const ingest = await ingestForTest({ reply });
  const { home, files } = await stateForTest();
  const env = { XDG_STATE_HOME: home };
  const { stdout, code } = await runScript("status-end", {
    args: [way, ingest.dsn, ...flags],
    env,
  });
  expect(code).toBe(way === "exit" ? 7 : 0);
  const drops = JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Drop[];
  const lost: Record<string, number> = {};
  for (const { reason, metrics } of drops) lost[reason] = (lost[reason] ?? 0) + metrics;
  ingest.reply({});
  await runScript("ending", { args: ["next process", ingest.dsn], env });
  expect(await files()).toEqual([]);
  return { lost, stdout, next: ingest.metrics.filter(({ name }) => name === "kept").length };
}

describe.each(["exit", "natural"])("at the end of a process by '%s'", (way) => {
  test.each([408, 429, 502, 503, 504])(
    "metrics with the answer %i are sent by the next process",
    async (status) => {
      expect(await endWith(status, way)).toMatchObject({ lost: {}, next: 3 });
    },
  );

  test.each([302, 400, 403, 500, 501])(
    "metrics with the answer %i are reported as dropped",
    async (status) => {
      expect(await endWith(status, way)).toMatchObject({ lost: { send_error: 3 }, next: 0 });
    },
  );
});

test.each([
  ["exit", "network_error"],
  ["natural", "the server answered 503"],
])(
  "with debug, the end by '%s' logs how many metrics are stored, where and why",
  async (way, why) => {
    const { stdout } = await endWith(503, way, ["debug"]);
    expect(stdout).toMatch(
      new RegExp(`stored 3 metrics in \\S+spanmeter for the next process: ${why}\n`),
    );
  },
);

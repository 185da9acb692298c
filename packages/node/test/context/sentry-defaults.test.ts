import { describe, expect, test } from "vitest";
import type { IngestServer } from "@spanmeter/testing";
import { ingestForTest } from "../support/ingest.js";
import { runForJson } from "../support/run-script.js";
import { MAJORS } from "../support/sentry.js";

interface Ran {
  readonly ingest: IngestServer;
  /** The DSN of a second project at the same server. */
  readonly otherDsn: string;
  attributesOf(name: string): Readonly<Record<string, unknown>> | undefined;
}

async function run(
  major: number,
  scenario: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const ingest = await ingestForTest();
  const otherDsn = `${ingest.dsn}7`;
  await runForJson("sentry-defaults", {
    args: [String(major), scenario, ingest.dsn, otherDsn],
    env,
  });
  ingest.assertClean();
  return {
    ingest,
    otherDsn,
    attributesOf: (name) => ingest.metrics.find((metric) => metric.name === name)?.attributes,
  };
}

const THEIRS = {
  "sentry.release": "shop@1.4.0",
  "sentry.environment": "staging",
  "sentry.dist": "42",
};

describe.each(MAJORS)("beside @sentry/node %i", (major) => {
  test("its options are the defaults, also when it is initialised again", async () => {
    const { ingest, attributesOf } = await run(major, "again");
    expect(ingest.requests.map(({ path }) => path)).toEqual([
      "/api/1/envelope/",
      "/api/17/envelope/",
    ]);
    expect(attributesOf("a")).toMatchObject({ ...THEIRS, "user.id": "7" });
    expect(attributesOf("b")).toMatchObject({ "sentry.release": "shop@1.5.0" });
    expect(attributesOf("b")?.["sentry.environment"]).not.toBe("staging");
  });

  test("its options are the defaults when it is initialised after the first calls of a process that ends", async () => {
    const { ingest, attributesOf } = await run(major, "after, to the natural end");
    expect(attributesOf("a")).toMatchObject(THEIRS);
    expect(attributesOf("b")).toMatchObject({ ...THEIRS, later: true });
    expect(ingest.metrics[0]?.timestamp).toBe(1_767_225_600);
  });

  test("options of the client take precedence", async () => {
    const { ingest, attributesOf } = await run(major, "own");
    expect(ingest.requests.map(({ path }) => path)).toEqual(["/api/1/envelope/"]);
    expect(attributesOf("a")).toMatchObject({
      "sentry.release": "mine",
      "sentry.environment": "mine",
      "sentry.dist": "mine",
    });
    expect(attributesOf("a")).not.toHaveProperty("user.id");
  });
});

test("metrics go through the tunnel of a Sentry SDK, with the DSN in the envelope", async () => {
  const { ingest } = await run(11, "tunnel");
  expect(ingest.requests.map(({ path }) => path)).toEqual(["/tunnel"]);
  expect(ingest.metrics).toMatchObject([{ name: "a" }]);
});

test("calls from before Sentry was initialised are sent after the flush interval", async () => {
  const { attributesOf } = await run(11, "after, to the interval");
  expect(attributesOf("a")).toMatchObject(THEIRS);
});

test("the options of a Sentry SDK take precedence over environment variables", async () => {
  const { attributesOf } = await run(11, "again", {
    SENTRY_DSN: "http://public@127.0.0.1:9/1",
    SENTRY_RELEASE: "env",
    SENTRY_ENVIRONMENT: "env",
  });
  expect(attributesOf("a")).toMatchObject(THEIRS);
});

test("beside a Sentry SDK that is turned off nothing is sent, even with a DSN in the environment", async () => {
  const ingest = await ingestForTest();
  const args = ["11", "off", ingest.dsn];
  await runForJson("sentry-defaults", { args, env: { SENTRY_DSN: ingest.dsn } });
  expect(ingest.requests).toEqual([]);
});

test("metrics recorded before Sentry.close() are sent", async () => {
  const { attributesOf } = await run(11, "closed");
  expect(attributesOf("a")).toMatchObject(THEIRS);
});

import { expect, test } from "vitest";
import { untraced } from "../../../src/transport/http/untraced.js";
import { ingestForTest } from "../../support/ingest.js";
import { runForJson } from "../../support/run-script.js";
import { MAJORS } from "../../support/sentry.js";

test.each(MAJORS)(
  "sends make no span and carry no trace header beside @sentry/node %i",
  async (major) => {
    const [ingest, control] = [await ingestForTest(), await ingestForTest()];
    const spans = await runForJson<object[]>("untraced", {
      args: [String(major), ingest.dsn, `${control.url}/control`],
    });
    const text = JSON.stringify(spans);
    expect(text).toContain(`${control.port}`);
    expect(text).not.toContain(`${ingest.port}`);
    expect(ingest.requests).toHaveLength(1);
    for (const name of ["sentry-trace", "baggage", "traceparent"])
      expect(ingest.requests[0]?.headers[name]).toBeUndefined();
  },
);

test("spans of an OpenTelemetry SDK are not recorded inside", async () => {
  expect(await runForJson("untraced", { args: ["otel"] })).toEqual(["control", "work"]);
});

test("nothing changes when there is no SDK", () => {
  expect(untraced(() => 7)).toBe(7);
  expect("__SENTRY__" in globalThis).toBe(false);
});

test("an error of an SDK does not stop the function, and errors of the function are passed on", () => {
  const host = globalThis as { __SENTRY__?: unknown };
  host.__SENTRY__ = {
    version: "11.0.0",
    "11.0.0": {
      acs: {
        suppressTracing: () => {
          throw new Error("broken SDK");
        },
      },
    },
  };
  try {
    let runs = 0;
    expect(untraced(() => ++runs)).toBe(1);
    expect(() =>
      untraced(() => {
        throw new Error("own");
      }),
    ).toThrow("own");
  } finally {
    delete host.__SENTRY__;
  }
});

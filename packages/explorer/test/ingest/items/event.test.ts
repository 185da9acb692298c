import { describe, expect, it } from "vitest";
import type { Item } from "../../../src/index.js";
import {
  envelope,
  metric,
  metricEnvelope,
  SPAN_ID,
  TRACE_ID,
  type Json,
} from "../../support/envelopes.js";
import { memoryIngest } from "../../support/memory-ingest.js";

const DASHED = TRACE_ID.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");

/** The item of an event, which is sent in an envelope with a trace to find it by. */
async function read(event: Json | string, type = "event"): Promise<Item | undefined> {
  const { send, queries } = await memoryIngest();
  const trace = { trace_id: TRACE_ID, span_id: SPAN_ID };
  const payload =
    typeof event === "string" ? event : JSON.stringify({ contexts: { trace }, ...event });
  expect(send(envelope([{ header: { type }, payload }]))).toMatchObject({ ok: true });
  const { spans, unattached } = await queries.trace(TRACE_ID);
  return spans[0]?.span ?? unattached[0];
}

const nameOf = async (event: Json): Promise<string | undefined> => (await read(event))?.name;

describe("the exception of an event", () => {
  const cause = { type: "Cause", value: "first" };
  const caught = { type: "Error", value: "boom" };

  it.each([
    ["as values", { exception: { values: [cause, caught] } }],
    ["as a plain list", { exception: [cause, caught] }],
    ["alone", { exception: caught }],
    ["under its old name", { "sentry.interfaces.Exception": { values: [cause, caught] } }],
    ["as a list under its old name", { "sentry.interfaces.Exception": [cause, caught] }],
  ])("%s is read, and kept in one shape", async (_, event) => {
    const item = await read(event);
    expect(item?.name).toBe("Error: boom");
    const detail = item?.detail as { exception: { values: unknown[] } } | undefined;
    expect(detail?.exception.values.at(-1)).toEqual(caught);
  });

  it("whose value is no text is shown as JSON", async () => {
    expect(await nameOf({ exception: [{ type: "E", value: { denied: true } }] })).toBe(
      'E: {"denied":true}',
    );
    expect(await nameOf({ exception: [{ type: "E", value: 5 }] })).toBe("E: 5");
    expect(await nameOf({ exception: [{ type: "E", value: null }] })).toBe("E");
  });
});

describe("the message of an event", () => {
  it.each<[Json, string]>([
    [{ message: "hello" }, "hello"],
    [{ message: { formatted: "hello" } }, "hello"],
    [{ message: { message: "hello %s", params: ["you"] } }, "hello you"],
    [{ message: { message: "hello", formatted: "" } }, "hello"],
    [{ logentry: { formatted: "hello" } }, "hello"],
    [{ logentry: { message: "%(what)s of %d%%", params: { what: "half", 0: 50 } } }, "half of 50%"],
    [{ logentry: { message: "{} and {}", params: ["a", 2] } }, "a and 2"],
    [{ logentry: { message: "{1} before {0}", params: ["a", "b"] } }, "b before a"],
    [{ logentry: { message: "{who}", params: { who: { id: 1 } } } }, '{"id":1}'],
    [{ logentry: { message: "%s and %s", params: ["one"] } }, "%s and %s"],
    [{ logentry: { message: "100 %" } }, "100 %"],
    [{ logentry: "hello" }, "hello"],
    [{ "sentry.interfaces.Message": { message: "hello" } }, "hello"],
    [{ "sentry.interfaces.Message": { message: "old" }, logentry: { message: "new" } }, "new"],
    [{ message: ["a", 1] }, '["a",1]'],
    [{ message: false }, "(error without a message)"],
    [{ message: null, logentry: null }, "(error without a message)"],
    [{ exception: { values: [] }, message: "hello" }, "hello"],
  ])("%j is read as Relay reads it", async (event, name) => {
    expect(await nameOf(event)).toBe(name);
  });
});

describe("the tags of an event", () => {
  it.each([
    [
      "an object",
      { a: "1", "b c": 2, yes: true, no: false, none: null, deep: {}, half: 1.5, " pad ": " x " },
    ],
    [
      "pairs",
      [
        ["a", "1"],
        ["a", "second"],
        ["b c", 2],
        ["yes", true],
        ["no", false],
        ["none", null],
        null,
        ["deep", {}],
        ["half", 1.5],
        [" pad ", " x "],
      ],
    ],
  ])("as %s are texts", async (_, tags) => {
    const expected = { a: "1", "b-c": "2", yes: "True", no: "False", half: "1" };
    const attributes = (await read({ tags }))?.attributes;
    expect(attributes).toMatchObject(expected);
    expect(Object.keys(attributes ?? {})).toHaveLength(6);
  });

  it("as pairs of a transaction are read, too", async () => {
    const start = Date.now() / 1000;
    const item = await read(
      { tags: [["tier", "gold"]], start_timestamp: start, timestamp: start + 1 },
      "transaction",
    );
    expect([item?.kind, item?.attributes]).toEqual(["transaction", { tier: "gold" }]);
  });
});

describe("the level of an event", () => {
  it.each([
    ["fatal", "fatal"],
    ["critical", "fatal"],
    ["log", "info"],
    ["warning", "warning"],
    [10, "debug"],
    [30, "warning"],
    [50, "fatal"],
    ["warn", "error"],
    ["WARNING", "error"],
    ["30", "error"],
    [35, "error"],
    [undefined, "error"],
    ["constructor", "error"],
  ])("%j is %s", async (level, name) => {
    expect((await read({ level, message: "m" }))?.level).toBe(name);
  });
});

describe("ids in other spellings", () => {
  it.each([
    DASHED,
    TRACE_ID.toUpperCase(),
    DASHED.toUpperCase(),
    `{${DASHED}}`,
    `urn:uuid:${DASHED}`,
  ])("the trace id %s is the same trace", async (id) => {
    const { send, queries } = await memoryIngest();
    const spanId = SPAN_ID.toUpperCase();
    send(metricEnvelope(metric({ trace_id: id, span_id: spanId })));
    const {
      samples: [sample],
    } = await queries.samples();
    expect([sample?.verdict, sample?.traceId, sample?.spanId]).toEqual([
      "accepted",
      TRACE_ID,
      SPAN_ID,
    ]);
    expect(
      await read({ contexts: { trace: { trace_id: id, span_id: spanId } }, message: "m" }),
    ).toMatchObject({ traceId: TRACE_ID, spanId: SPAN_ID });
  });

  it.each([
    "0123-456789abcdef0123456789abcdef",
    `${TRACE_ID}0`,
    TRACE_ID.slice(1),
    "0".repeat(32),
    5,
  ])("%j is no trace id", async (id) => {
    const { send, queries } = await memoryIngest();
    send(metricEnvelope(metric({ trace_id: id })));
    expect((await queries.samples()).samples[0]?.notes[0]?.code).toBe("invalid_trace_id");
  });

  it("an event id of the envelope is in the response, as in Relay's", async () => {
    const { send } = await memoryIngest();
    expect(send(envelope([], { event_id: DASHED.toUpperCase() }))).toEqual({
      ok: true,
      eventId: TRACE_ID,
    });
  });
});

describe("other fields of older SDKs", () => {
  it("are read under their old names, and lists in their one shape", async () => {
    const trace = { trace_id: TRACE_ID, span_id: SPAN_ID };
    const event = {
      "sentry.interfaces.Contexts": { trace },
      "sentry.interfaces.User": { id: 1 },
      "sentry.interfaces.Http": { url: "/" },
      "sentry.interfaces.Breadcrumbs": [{ message: "one" }],
      threads: [{ id: 1 }],
      message: "m",
      release: 12,
    };
    const item = await read(JSON.stringify(event));
    expect(item?.attributes).toEqual({ "sentry.release": "12" });
    expect(item?.detail).toEqual({
      contexts: { trace },
      user: { id: 1 },
      request: { url: "/" },
      breadcrumbs: { values: [{ message: "one" }] },
      threads: { values: [{ id: 1 }] },
      logentry: { formatted: "m" },
      release: 12,
    });
  });
});

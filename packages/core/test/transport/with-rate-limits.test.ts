import { readEnvelope } from "@spanmeter/testing";
import { describe, expect, test } from "vitest";
import { withRateLimits, type Envelope, type TransportResponse } from "../../src/index.js";
import { serializeEnvelope } from "../../src/transport/serialize.js";
import { realRuntime } from "./real-runtime.js";

type Answer = () => Promise<TransportResponse>;

function setUp(answer: Answer = () => Promise.resolve({ statusCode: 200 })) {
  const sent: Envelope[] = [];
  const losses: unknown[][] = [];
  const factory = withRateLimits(
    () => ({
      send: (envelope) => {
        sent.push(envelope);
        return answer();
      },
      flush: () => Promise.resolve(true),
    }),
    { now: () => 0, monotonicMs: () => 0 },
  );
  const recordDroppedEvent = (...loss: unknown[]): void => void losses.push(loss);
  return { transport: factory({ url: "", recordDroppedEvent }), sent, losses };
}

const limited =
  (categories: string): Answer =>
  () =>
    Promise.resolve({
      statusCode: 200,
      headers: { "x-sentry-rate-limits": `60:${categories}:key`, "retry-after": null },
    });
const of = (type: string, more: object = {}): Envelope => [{}, [[{ type, ...more }, "{}"]]];

describe("withRateLimits", () => {
  test.each([
    ["error", "event"],
    ["transaction", "transaction"],
    ["trace_metric", "trace_metric"],
    ["trace_metric_byte", "trace_metric"],
    ["log_item", "log"],
    ["log_byte", "log"],
    ["monitor", "check_in"],
    ["attachment", "attachment"],
    ["session", "session"],
    ["session", "sessions"],
    ["replay", "replay_event"],
    ["replay", "replay_recording"],
    ["feedback", "user_report"],
    ["profile", "profile"],
    ["", "event"],
  ])("a limit on %j drops items of type %j", async (category, type) => {
    const { transport, sent } = setUp(limited(category));
    await transport.send(of("first"));
    expect(await transport.send(of(type))).toEqual({});
    expect(sent).toHaveLength(1);
  });

  test("limits on other categories do not apply to client reports", async () => {
    const { transport, sent } = setUp(limited("error;trace_metric;transaction;log_item"));
    await transport.send(of("first"));
    await transport.send(of("client_report"));
    expect(sent).toHaveLength(2);
  });

  test("reports limited items with their number of metrics or events", async () => {
    const { transport, losses } = setUp(limited("trace_metric;error"));
    await transport.send(of("first"));
    await transport.send(of("trace_metric", { item_count: 7 }));
    await transport.send(of("event"));
    expect(losses).toEqual([
      ["ratelimit_backoff", "trace_metric", 7],
      ["ratelimit_backoff", "error", 1],
    ]);
  });

  test.each([
    [400, "send_error"],
    [413, "send_error"],
    [503, "send_error"],
  ])("reports the items of an envelope answered with a %i as %s", async (statusCode, reason) => {
    const { transport, losses } = setUp(() => Promise.resolve({ statusCode }));
    await transport.send(of("event"));
    expect(losses).toEqual([[reason, "error", 1]]);
  });

  test("reports nothing for a 429, because the server counts what it refuses", async () => {
    const { transport, losses } = setUp(() => Promise.resolve({ statusCode: 429 }));
    await transport.send(of("event"));
    expect(losses).toEqual([]);
  });

  test("reports the items of an envelope as network_error when the connection breaks, and rejects", async () => {
    const { transport, losses } = setUp(() => Promise.reject(new Error("offline")));
    await expect(transport.send(of("event"))).rejects.toThrow("offline");
    expect(losses).toEqual([["network_error", "error", 1]]);
  });

  test("sends payloads with cycles and bigints, with [Circular] for a cycle", async () => {
    const { transport, sent } = setUp();
    const child: { parent?: object; twice?: object } = {};
    const shared = { a: 1 };
    const payload = { child, big: 5n, one: shared, two: shared };
    child.parent = payload;
    await transport.send([{}, [[{ type: "event" }, payload]]]);
    const bytes = serializeEnvelope(sent[0] as Envelope, realRuntime.encodeUtf8);
    const [item] = readEnvelope(bytes, { foreign: true }).items;
    expect(JSON.parse(new TextDecoder().decode(item?.payload))).toEqual({
      child: { parent: "[Circular]" },
      big: "5",
      one: { a: 1 },
      two: { a: 1 },
    });
  });

  test("sends text and bytes unchanged", async () => {
    const { transport, sent } = setUp();
    const bytes = Uint8Array.of(1, 2);
    await transport.send([
      {},
      [
        [{ type: "a" }, bytes],
        [{ type: "b" }, "text"],
      ],
    ]);
    expect(sent[0]?.[1].map(([, payload]) => payload)).toEqual([bytes, "text"]);
  });
});

import { serializeEnvelope } from "@sentry/core";
import {
  createFakePlatform,
  readEnvelope,
  settle,
  type ReadEnvelope,
  type ReadMetric,
} from "@spanmeter/testing";
import { expect } from "vitest";
import type { Envelope, MetricType, TransportResponse } from "../../src/index.js";
import { balance, setUp } from "../set-up.js";
import { createFaultyPlatform } from "./faulty-platform.js";
import type { End, Happening, Rooms } from "./events.js";

const SEND_TIMEOUT_MS = 10_000;

/** One envelope on its way to the server, which takes it when it answers with 2xx in time. */
interface Send {
  readonly envelope: ReadEnvelope;
  readonly at: number;
  /** How the client saw it end. */
  seen?: End;
  readonly settle: (end: End) => void;
}

/** What one name stands for, by whichever side. */
interface Sums {
  calls: number;
  value: number;
}

function read(envelope: Envelope): ReadEnvelope {
  const text = serializeEnvelope(envelope as never);
  return readEnvelope(typeof text === "string" ? new TextEncoder().encode(text) : text);
}

const key = (type: MetricType, name: string): string => `${type}.${name}`;

/** A client, the server it sends to, and what both must agree on. */
export function createModel(options: Rooms) {
  const sends: Send[] = [];
  const recorded = new Map<string, Sums>();
  let weather: End | "hang" = { statusCode: 200 };
  const { clock, platform } = createFakePlatform();
  const faulty = createFaultyPlatform(platform, (envelope) =>
    sends.push({
      envelope: read(envelope),
      at: elapsed(),
      seen: { statusCode: 200 },
      settle() {},
    }),
  );
  const setup = setUp(
    {
      ...options,
      sendTimeout: SEND_TIMEOUT_MS,
      transport: () => ({
        flush: () => Promise.resolve(true),
        send: faulty.wrapSend(
          (envelope) =>
            new Promise<TransportResponse>((resolve, reject) => {
              const send: Send = {
                envelope: read(envelope),
                at: elapsed(),
                settle(end) {
                  // An answer after the timeout is no longer seen.
                  if (elapsed() - send.at < SEND_TIMEOUT_MS) send.seen ??= end;
                  if (end === "broken") reject(new Error("connection reset"));
                  else resolve(end);
                },
              };
              sends.push(send);
              if (weather !== "hang") send.settle(weather);
            }),
        ),
      }),
    },
    faulty.overrides,
  );
  const { client } = setup;
  /** Moves only on; `clock.now()` is also set. */
  const elapsed = (): number => clock.monotonicMs();

  const pending = (): number => client.stats().pending;
  const open = (): Send[] =>
    sends.filter(({ seen, at }) => !seen && elapsed() - at < SEND_TIMEOUT_MS);
  const took = ({ seen }: Send): boolean =>
    seen !== undefined && seen !== "broken" && (seen.statusCode ?? 200) < 300;

  function record({ type, name, series, value, times }: Happening & { does: "record" }): void {
    const verb = type === "counter" ? "count" : type;
    const sums = recorded.get(key(type, name)) ?? { calls: 0, value: 0 };
    recorded.set(key(type, name), sums);
    for (let i = 0; i < times; i++) {
      client.metrics[verb](key(type, name), value + i, { attributes: { series } });
      sums.calls++;
      sums.value += value + i;
    }
  }

  async function happen(happening: Happening): Promise<void> {
    if (happening.does === "record") record(happening);
    else if (happening.does === "flush") void client.flush(happening.timeoutMs);
    else if (happening.does === "pass") await clock.advance(happening.ms);
    else if (happening.does === "weather") weather = happening.end;
    else if (happening.does === "fault") faulty.set(happening.part, happening.kind);
    else if (happening.does === "set clock") clock.jumpTo(clock.now() + happening.byMs);
    else {
      const under = open();
      under[happening.place % under.length]?.settle(happening.end);
    }
    await settle();
  }

  /** The law of every moment. */
  function check(): void {
    const { recorded: all, accounted, announced, dropped } = balance(setup);
    expect(accounted, "recorded = delivered + pending + dropped").toBe(all);
    expect(announced, "onDrop told of every drop").toEqual(dropped);
    let missing = 0;
    for (const [name, { calls }] of recorded) {
      // Of a distribution each item says a share of its calls; only whole series add up.
      if (name.startsWith("distribution")) continue;
      const rest = calls - delivered(name).calls - lost(name);
      expect(rest, `${name}: more arrived or were announced than recorded`).toBeGreaterThanOrEqual(
        0,
      );
      missing += rest;
    }
    expect(missing, "what neither arrived nor was announced is pending").toBeLessThanOrEqual(
      pending(),
    );
    const busy = open().filter(({ envelope }) => envelope.metrics.length > 0);
    expect(busy.length, "envelopes under way").toBeLessThanOrEqual(options.maxInFlight);
  }

  const metricsOf = (from: readonly Send[]): ReadMetric[] =>
    from.filter(took).flatMap(({ envelope }) => envelope.metrics);
  const callsOf = ({ type, attributes }: ReadMetric): number =>
    type === "distribution"
      ? 1 / Number(attributes["sentry.client_sample_rate"] ?? 1)
      : Number(attributes["spanmeter.folded"] ?? 1);

  function delivered(name: string): Sums {
    const sums = { calls: 0, value: 0 };
    for (const metric of metricsOf(sends))
      if (metric.name === name) {
        sums.calls += callsOf(metric);
        sums.value += metric.value;
      }
    return sums;
  }

  const lost = (name: string): number =>
    setup.drops.filter((drop) => drop.name === name).reduce((sum, { metrics }) => sum + metrics, 0);

  /** The server gets well: everything leaves, and it was never more than there is room for. */
  async function recover(): Promise<void> {
    weather = { statusCode: 200 };
    faulty.repair();
    const before = sends.length;
    for (const send of open()) send.settle(weather);
    // Timers that were lost are noticed by the next call after the time they were for: at most a limit.
    await clock.advance(62_000);
    record({ does: "record", type: "counter", name: "a", series: 0, value: 1, times: 1 });
    // The longest limit, and the longest pause.
    await clock.advance(100_000);
    expect(pending(), "nothing keeps waiting").toBe(0);
    check();
    const came = metricsOf(sends.slice(before));
    const { maxQueueItems, maxQueueBytes, maxSeries } = options;
    // A series holds its last, its least and its greatest call besides what counts as its bytes; and there
    // is the call that notices lost timers.
    const series = 2 * maxSeries * 4 + 1;
    const largest = Math.max(0, ...came.map(({ bytes }) => bytes));
    expect(came.length, "items that waited").toBeLessThanOrEqual(
      maxQueueItems + series + maxQueueBytes / 50,
    );
    const bytes = came.reduce((sum, metric) => sum + metric.bytes, 0);
    // What an item of a series says of the others it stands for is not counted while it is folded.
    const marks = came.length * ("sentry.client_sample_rate".length + 8);
    expect(bytes, "bytes that waited").toBeLessThanOrEqual(
      2 * maxQueueBytes + series * largest + marks,
    );
    for (const [name, { calls, value }] of recorded) {
      if (lost(name) > 0) continue;
      const sums = delivered(name);
      expect(sums.calls, `calls of ${name}`).toBeCloseTo(calls, 6);
      if (name.startsWith("counter")) expect(sums.value, `total of ${name}`).toBe(value);
    }
    checkReports();
  }

  /** What was told to the server as lost is what was lost, unless a refusal took the report along. */
  function checkReports(): void {
    const heard = sends
      .filter(({ seen }) => seen && seen !== "broken" && (seen.statusCode ?? 200) < 300)
      .flatMap(({ envelope }) => envelope.clientReports)
      .flatMap(({ discarded }) => discarded)
      .filter(({ category }) => category === "trace_metric")
      .reduce((sum, { quantity }) => sum + quantity, 0);
    const dropped = Object.values(client.stats().dropped).reduce((sum, each) => sum + each, 0);
    const refused = sends.some(
      ({ seen, envelope }) =>
        envelope.clientReports.length > 0 &&
        seen &&
        seen !== "broken" &&
        (seen.statusCode ?? 200) >= 400,
    );
    if (refused) expect(heard).toBeLessThanOrEqual(dropped);
    else expect(heard, "losses told to Sentry").toBe(dropped);
  }

  /** In whatever weather: nothing stays open, nothing is unaccounted for. */
  async function close(timeoutMs: number | undefined): Promise<void> {
    const closing = client.close(timeoutMs);
    await clock.advance(200_000);
    await closing;
    await clock.advance(SEND_TIMEOUT_MS);
    const { recorded: all, accounted, announced, dropped } = balance(setup);
    expect(accounted).toBe(all);
    expect(announced).toEqual(dropped);
    expect(clock.timers).toBe(0);
  }

  /** No timer may be trusted any more, and no answer: only the law is left. */
  async function closeWhileFailing(timeoutMs: number | undefined): Promise<void> {
    const closing = client.close(timeoutMs);
    await clock.advance(200_000);
    faulty.repair();
    for (const send of open()) send.settle({ statusCode: 200 });
    await clock.advance(200_000);
    check();
    await Promise.race([closing, settle()]);
  }

  return { happen, check, recover, close, closeWhileFailing, pending };
}

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
import type { ClientEvent, Limits, SendEnd } from "./events.js";

const SEND_TIMEOUT_MS = 10_000;

/** One envelope in flight. The server accepts it when it answers with 2xx before the timeout. */
interface Send {
  readonly envelope: ReadEnvelope;
  readonly at: number;
  /** How it ended for the client. */
  end?: SendEnd;
  readonly settle: (end: SendEnd) => void;
}

/** The totals of one metric name. */
interface Sums {
  calls: number;
  value: number;
}

function read(envelope: Envelope): ReadEnvelope {
  const text = serializeEnvelope(envelope as never);
  return readEnvelope(typeof text === "string" ? new TextEncoder().encode(text) : text);
}

const key = (type: MetricType, name: string): string => `${type}.${name}`;

/** A client, the server it sends to, and the totals on which both must agree. */
export function createModel(options: Limits) {
  const sends: Send[] = [];
  const recorded = new Map<string, Sums>();
  let serverEnd: SendEnd | "hang" = { statusCode: 200 };
  const { clock, platform } = createFakePlatform();
  const faulty = createFaultyPlatform(platform, (envelope) =>
    sends.push({
      envelope: read(envelope),
      at: elapsed(),
      end: { statusCode: 200 },
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
                  // The client ignores an answer after the timeout.
                  if (elapsed() - send.at < SEND_TIMEOUT_MS) send.end ??= end;
                  if (end === "broken") reject(new Error("connection reset"));
                  else resolve(end);
                },
              };
              sends.push(send);
              if (serverEnd !== "hang") send.settle(serverEnd);
            }),
        ),
      }),
    },
    faulty.overrides,
  );
  const { client } = setup;
  /** Only advances; `clock.now()` can also be set. */
  const elapsed = (): number => clock.monotonicMs();

  const pending = (): number => client.stats().pending;
  const open = (): Send[] =>
    sends.filter(({ end, at }) => !end && elapsed() - at < SEND_TIMEOUT_MS);
  const isAccepted = ({ end }: Send): boolean =>
    end !== undefined && end !== "broken" && (end.statusCode ?? 200) < 300;

  function record({ type, name, series, value, times }: ClientEvent & { does: "record" }): void {
    const verb = type === "counter" ? "count" : type;
    const sums = recorded.get(key(type, name)) ?? { calls: 0, value: 0 };
    recorded.set(key(type, name), sums);
    for (let i = 0; i < times; i++) {
      client.metrics[verb](key(type, name), value + i, { attributes: { series } });
      sums.calls++;
      sums.value += value + i;
    }
  }

  async function apply(event: ClientEvent): Promise<void> {
    if (event.does === "record") record(event);
    else if (event.does === "flush") void client.flush(event.timeoutMs);
    else if (event.does === "advance") await clock.advance(event.ms);
    else if (event.does === "server") serverEnd = event.end;
    else if (event.does === "fault") faulty.set(event.part, event.kind);
    else if (event.does === "set clock") clock.jumpTo(clock.now() + event.byMs);
    else {
      const sending = open();
      sending[event.index % sending.length]?.settle(event.end);
    }
    await settle();
  }

  /** Checks what must hold after every event. */
  function check(): void {
    const { recorded: all, accounted, reported, dropped } = balance(setup);
    expect(accounted, "recorded = delivered + pending + dropped").toBe(all);
    expect(reported, "onDrop reported every loss").toEqual(dropped);
    let missing = 0;
    for (const [name, { calls }] of recorded) {
      // Each item of a distribution stands for a share of its calls; only complete series add up.
      if (name.startsWith("distribution")) continue;
      const rest = calls - delivered(name).calls - lost(name);
      expect(
        rest,
        `${name}: more delivered or reported as lost than recorded`,
      ).toBeGreaterThanOrEqual(0);
      missing += rest;
    }
    expect(
      missing,
      "metrics neither delivered nor reported as lost are pending",
    ).toBeLessThanOrEqual(pending());
    const busy = open().filter(({ envelope }) => envelope.metrics.length > 0);
    expect(busy.length, "envelopes in flight").toBeLessThanOrEqual(options.maxInFlight);
  }

  const metricsOf = (from: readonly Send[]): ReadMetric[] =>
    from.filter(isAccepted).flatMap(({ envelope }) => envelope.metrics);
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

  /** Makes the server healthy and checks that everything is delivered, and that it was within the limits. */
  async function recover(): Promise<void> {
    serverEnd = { statusCode: 200 };
    faulty.repair();
    const before = sends.length;
    for (const send of open()) send.settle(serverEnd);
    // The next call after a lost timer was due detects it; the longest one is for a rate limit.
    await clock.advance(62_000);
    record({ does: "record", type: "counter", name: "a", series: 0, value: 1, times: 1 });
    // The longest rate limit and the longest pause.
    await clock.advance(100_000);
    expect(pending(), "nothing is left pending").toBe(0);
    check();
    const received = metricsOf(sends.slice(before));
    const { maxQueueItems, maxQueueBytes, maxSeries } = options;
    // A series holds its last, minimum and maximum call besides what counts as its bytes. The one more
    // is the call that detects lost timers.
    const series = 2 * maxSeries * 4 + 1;
    const largest = Math.max(0, ...received.map(({ bytes }) => bytes));
    expect(received.length, "buffered items").toBeLessThanOrEqual(
      maxQueueItems + series + maxQueueBytes / 50,
    );
    const bytes = received.reduce((sum, metric) => sum + metric.bytes, 0);
    // The attributes with an item's weight are not counted while it is folded.
    const weightBytes = received.length * ("sentry.client_sample_rate".length + 8);
    expect(bytes, "buffered bytes").toBeLessThanOrEqual(
      2 * maxQueueBytes + series * largest + weightBytes,
    );
    for (const [name, { calls, value }] of recorded) {
      if (lost(name) > 0) continue;
      const sums = delivered(name);
      expect(sums.calls, `calls of ${name}`).toBeCloseTo(calls, 1);
      if (name.startsWith("counter")) expect(sums.value, `total of ${name}`).toBe(value);
    }
    checkReports();
  }

  /** Client reports must add up to the losses, unless the server refused an envelope with a report. */
  function checkReports(): void {
    const reported = sends
      .filter(isAccepted)
      .flatMap(({ envelope }) => envelope.clientReports)
      .flatMap(({ discarded }) => discarded)
      .filter(({ category }) => category === "trace_metric")
      .reduce((sum, { quantity }) => sum + quantity, 0);
    const dropped = Object.values(client.stats().dropped).reduce((sum, each) => sum + each, 0);
    const refused = sends.some(
      ({ end, envelope }) =>
        envelope.clientReports.length > 0 &&
        end &&
        end !== "broken" &&
        (end.statusCode ?? 200) >= 400,
    );
    if (refused) expect(reported).toBeLessThanOrEqual(dropped);
    else expect(reported, "losses in client reports").toBe(dropped);
  }

  /** Closes the client and checks that no timer is left and every call is accounted for. */
  async function close(timeoutMs: number | undefined): Promise<void> {
    const closing = client.close(timeoutMs);
    await clock.advance(200_000);
    await closing;
    await clock.advance(SEND_TIMEOUT_MS);
    const { recorded: all, accounted, reported, dropped } = balance(setup);
    expect(accounted).toBe(all);
    expect(reported).toEqual(dropped);
    expect(clock.timers).toBe(0);
  }

  /** Closes the client while timers and answers may fail, and checks that every call is accounted for. */
  async function closeWhileFailing(timeoutMs: number | undefined): Promise<void> {
    const closing = client.close(timeoutMs);
    await clock.advance(200_000);
    faulty.repair();
    for (const send of open()) send.settle({ statusCode: 200 });
    await clock.advance(200_000);
    check();
    await Promise.race([closing, settle()]);
  }

  return { apply, check, recover, close, closeWhileFailing, pending };
}

import { describe, expect } from "vitest";
import { SENTRY_MAJORS, sentryScript, spanmeterScript } from "../support/bundle.js";
import { test } from "../support/chromium-test.js";

const spanmeter = await spanmeterScript();

describe.for(SENTRY_MAJORS)("beside the Session Replay of @sentry/browser %i", async (major) => {
  const sentry = await sentryScript(major);

  const modes = [
    ["records the session", { session: 1, onError: 0 }, undefined],
    ["only buffers until an error", { session: 0, onError: 1 }, true],
  ] as const;

  test.for(modes)("a metric has the id of a replay that %s", async (mode, { open, ingest }) => {
    const [, rates, buffering] = mode;
    const page = await open({ scripts: [sentry, spanmeter] });
    const replayId = await page.evaluate(
      async ([dsn, { session, onError }]) => {
        Sentry.init({
          dsn: "http://public@127.0.0.1:9/1",
          replaysSessionSampleRate: session,
          replaysOnErrorSampleRate: onError,
          integrations: [Sentry.replayIntegration({ useCompression: false })],
        });
        Spanmeter.init({ dsn });
        // Replay starts a task after the SDK.
        while (!Sentry.getReplay()?.getReplayId())
          await new Promise((resolve) => setTimeout(resolve, 5));
        Spanmeter.metrics.count("cart.opened");
        await Spanmeter.flush();
        return Sentry.getReplay()?.getReplayId();
      },
      [ingest.dsn, rates] as const,
    );
    const attributes = ingest.metrics[0]?.attributes ?? {};
    expect(attributes["sentry.replay_id"]).toBe(replayId);
    expect(attributes["sentry._internal.replay_is_buffering"]).toBe(buffering);
  });

  test("a metric has no replay id when nothing is recorded", async ({ open, ingest }) => {
    const page = await open({ scripts: [sentry, spanmeter] });
    await page.evaluate(async (dsn) => {
      Sentry.init({ dsn: "http://public@127.0.0.1:9/1" });
      Spanmeter.init({ dsn });
      Spanmeter.metrics.count("cart.opened");
      await Spanmeter.flush();
    }, ingest.dsn);
    expect(ingest.metrics).toHaveLength(1);
    expect(ingest.metrics[0]?.attributes).not.toHaveProperty(["sentry.replay_id"]);
  });
});

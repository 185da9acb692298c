import type { Span } from "@sentry/browser-11";
import { describe, expect } from "vitest";
import { bundle, SENTRY_MAJORS, sentryScript, spanmeterScript } from "../support/bundle.js";
import { test } from "../support/chromium-test.js";

const spanmeter = await spanmeterScript();
const NOWHERE = "http://public@127.0.0.1:9/1";

const initSentry = `Sentry.init({
  dsn: "${NOWHERE}",
  tracesSampleRate: 1,
  integrations: [Sentry.browserTracingIntegration()],
  tracePropagationTargets: [/./],
})`;

describe.for(SENTRY_MAJORS)("beside @sentry/browser %i, which instruments fetch", async (major) => {
  const sentry = await sentryScript(major);

  test("sends create no span, no breadcrumb and no trace header", async ({ open, ingest }) => {
    const page = await open({ scripts: [sentry, spanmeter] });
    const seen = await page.evaluate(
      async ([dsn, nowhere]) => {
        const spans: string[] = [];
        const breadcrumbs: unknown[] = [];
        Sentry.init({
          dsn: nowhere,
          tracesSampleRate: 1,
          integrations: [Sentry.browserTracingIntegration()],
          tracePropagationTargets: [/./],
          beforeBreadcrumb(breadcrumb) {
            if (breadcrumb.category === "fetch") breadcrumbs.push(breadcrumb.data?.["url"]);
            return breadcrumb;
          },
        });
        Sentry.getClient()?.on("spanStart", (span) => {
          spans.push(nameOf(span));
        });
        // Version 11 has `name`, earlier versions have `description`.
        const nameOf = (span: Span): string => {
          const json: { name?: string; description?: string } = Sentry.spanToJSON(span);
          return json.name ?? json.description ?? "";
        };
        Spanmeter.init({ dsn });
        await Sentry.startSpan({ name: "instrumented" }, async () => {
          Spanmeter.metrics.count("checkout.started");
          await Spanmeter.flush();
          // The application's request shows that the SDK instruments fetch.
          await fetch("/next");
        });
        return { spans, breadcrumbs };
      },
      [ingest.dsn, NOWHERE] as const,
    );
    expect(ingest.metrics).toHaveLength(1);
    expect(ingest.preflights).toEqual([]);
    expect(seen.breadcrumbs).toEqual(["/next"]);
    // Long tasks and others may create spans too; ours would be a POST.
    const requests = seen.spans.filter((name) => /^[A-Z]+ /.test(name));
    expect(requests).toEqual([expect.stringMatching(/^GET /)]);
  });
});

describe("beside OpenTelemetry, which instruments fetch", async () => {
  const instrumentation = await bundle("pages/opentelemetry-fetch.ts");
  const sentry = await Promise.all(SENTRY_MAJORS.map(sentryScript));
  const setUps: [string, string[]][] = [
    ["by itself", [instrumentation]],
    ...SENTRY_MAJORS.flatMap((major, index): [string, string[]][] => [
      [`before @sentry/browser ${major}`, [instrumentation, sentry[index] ?? "", initSentry]],
      [`after @sentry/browser ${major}`, [sentry[index] ?? "", initSentry, instrumentation]],
    ]),
  ];

  test.for(setUps)(
    "%s, sends create no span and have no trace header",
    async ([, scripts], { open, ingest }) => {
      const page = await open({ scripts: [...scripts, spanmeter] });
      await page.evaluate(async (dsn) => {
        Spanmeter.init({ dsn });
        Spanmeter.metrics.count("checkout.started");
        await Spanmeter.flush();
        // The application's request shows that OpenTelemetry instruments fetch.
        await fetch("/next");
      }, ingest.dsn);
      expect(ingest.metrics).toHaveLength(1);
      expect(ingest.preflights).toEqual([]);
      // It ends a span some time after the answer, once the browser has measured the request.
      const spans = await page.waitForFunction(() => {
        const urls = finishedSpanUrls();
        return urls.length > 0 && urls;
      });
      expect(await spans.jsonValue()).toEqual([new URL("/next", page.url()).href]);
    },
  );
});

declare function finishedSpanUrls(): string[];

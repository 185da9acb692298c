import type { Transport, TransportFactory } from "@spanmeter/core";
import { createHttpRig } from "@spanmeter/testing";
import { describeHttpTransport } from "@spanmeter/testing/suites/transport-contract";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { chromiumLaunchOptions } from "../../../../scripts/chromium.mjs";
import { spanmeterScript } from "../support/bundle.js";
import { startSite } from "../support/site.js";
import type { Site } from "../support/site.js";

let browser: Browser;
let site: Site;
beforeAll(async () => {
  browser = await chromium.launch(await chromiumLaunchOptions());
  const script = await spanmeterScript();
  site = await startSite({ "/": `<!doctype html><script>${script}</script>` });
});
afterAll(async () => {
  await browser.close();
  await site.close();
});

describeHttpTransport("keepaliveTransport in Chromium", async () => {
  const page = await browser.newPage();
  await page.goto(site.url);
  const rig = await createHttpRig(transportIn(page));
  return {
    ...rig,
    async close() {
      await page.close();
      await rig.close();
    },
  };
});

/** Makes a transport that forwards envelopes and answers between the test and the page. */
function transportIn(page: Page): TransportFactory {
  return ({ url, headers, recordDroppedEvent }): Transport => {
    const made = page
      .exposeFunction("recordDroppedEvent", recordDroppedEvent)
      .then(() =>
        page.evaluateHandle(
          (options) => Spanmeter.keepaliveTransport({ ...options, recordDroppedEvent }),
          { url, ...(headers && { headers }) },
        ),
      );
    return {
      send: async (envelope) =>
        (await made).evaluate(
          async (transport, sent) => transport.send(sent as never),
          envelope as unknown,
        ),
      flush: async (timeoutMs) =>
        (await made).evaluate(async (transport, ms) => transport.flush(ms), timeoutMs),
    };
  };
}

declare function recordDroppedEvent(reason: string, category: string): void;

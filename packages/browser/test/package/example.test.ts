import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { test } from "../support/chromium-test.js";

const server = fileURLToPath(
  new URL("../../../../examples/browser-page/serve.mjs", import.meta.url),
);

test.for(["script", "bundled"])(
  "the example's %s page counts a click and sends it when the visitor leaves",
  async (name, { context, ingest }) => {
    const env = { ...process.env, SENTRY_DSN: ingest.dsn, PORT: "0" };
    const example = spawn(process.execPath, [server], {
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      const ended = once(example, "exit").then(() => Promise.reject(new Error("the server ended")));
      const [line] = (await Promise.race([once(example.stdout, "data"), ended])) as [Buffer];
      const page = await context.newPage();
      await page.goto(`${line.toString().trim()}/${name}.html`);
      const traceparent = await page.getAttribute("meta[name=traceparent]", "content");
      await page.click("#buy");
      await page.close();
      await ingest.waitFor(({ metrics }) => metrics.length === 2);
      const traceId = traceparent?.split("-")[1];
      expect(ingest.metrics).toMatchObject([
        {
          name: "checkout.started",
          type: "counter",
          value: 1,
          traceId,
          attributes: { page: name, plan: "pro" },
        },
        { name: "checkout.decision_time", type: "distribution", unit: "millisecond", traceId },
      ]);
    } finally {
      if (example.kill()) await once(example, "exit");
    }
  },
);

import { describe, expect } from "vitest";
import { test } from "./support/acceptance-test.js";
import { startBuiltExplorer } from "./support/explorer.js";
import { BROWSER_SENDER, NODE_SENDERS, runBrowserShop, runNodeShop } from "./support/run-shop.js";

describe("telemetry of real SDKs", () => {
  test("is stored", async ({ context }) => {
    const explorer = await startBuiltExplorer();
    const dsn = `http://public@127.0.0.1:${explorer.port}/1`;
    await Promise.all([
      ...NODE_SENDERS.map((sender) => runNodeShop(sender, dsn)),
      runBrowserShop(context, dsn),
    ]);
    const { metrics } = await explorer.queries.metrics();
    console.log(
      metrics
        .map((m: { name: string; samples: number; type: string; unit: string }) =>
          [m.name, m.type, m.unit, m.samples].join(" "),
        )
        .join("\n"),
    );
    expect(metrics.length).toBe(12);
    await explorer.close();
  });
});

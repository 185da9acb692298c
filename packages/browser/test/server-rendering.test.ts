import { startIngest } from "@spanmeter/testing";
import { expect, test } from "vitest";
import { createClient } from "../src/index.js";

test("where a server renders the page, there is no document, and metrics are sent all the same", async () => {
  const ingest = await startIngest();
  try {
    const client = createClient({ dsn: ingest.dsn });
    client.metrics.count("page.rendered");
    expect(await client.close()).toBe(true);
    expect(ingest.metrics).toMatchObject([{ name: "page.rendered", value: 1 }]);
    ingest.assertClean();
  } finally {
    await ingest.close();
  }
});

import { makeCurrent } from "@spanmeter/core";
import { startIngest } from "@spanmeter/testing";
import { expect, test } from "vitest";
import { createClient, getClient, init } from "../../src/index.js";

test("metrics are sent on a server that renders pages, which has no document", async () => {
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

test("init() does not replace the server's current client on a server that renders pages", async () => {
  const server = makeCurrent(createClient({ dsn: "http://public@127.0.0.1:9/1" }));
  try {
    expect(init({ dsn: "http://public@127.0.0.1:9/2" })).toBe(server);
    expect(getClient()).toBe(server);
  } finally {
    await server.close(100);
  }
});

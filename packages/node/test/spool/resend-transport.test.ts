import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createClient } from "../../src/index.js";
import { writeSpool } from "../../src/spool/spool-file.js";
import { ingestForTest } from "../support/ingest.js";
import { stateForTest } from "../support/state.js";

const spooled = (name: string): Buffer =>
  Buffer.from(
    `{}\n{"type":"trace_metric","item_count":1}\n{"version":2,"items":[{"timestamp":1,"trace_id":"0","name":"${name}","type":"counter","value":1}]}`,
  );

test("a rate limit in the answer to an old envelope delays the other old ones", async () => {
  const ingest = await ingestForTest({
    rules: { foreign: true },
    reply: ({ body }) =>
      String(body).includes('"old')
        ? { headers: { "x-sentry-rate-limits": "60:trace_metric:organization" } }
        : {},
  });
  const { home, files } = await stateForTest();
  const spool = join(home, "spanmeter");
  writeSpool(spool, ingest.dsn, [spooled("old.1"), spooled("old.2"), spooled("old.3")]);
  const client = createClient({ dsn: ingest.dsn, shutdown: { spool } });
  onTestFinished(() => void client.close(0));
  client.metrics.count("own");
  expect(await client.flush(5000)).toBe(true);
  await ingest.waitFor(() => ingest.requests.length === 2);
  await expect.poll(files).toEqual([expect.stringMatching(/ready$/)]);
  // The limit holds although the client itself was not limited.
  client.metrics.count("own");
  expect(await client.flush(5000)).toBe(true);
  await expect.poll(files).toEqual([expect.stringMatching(/ready$/)]);
  expect(ingest.requests).toHaveLength(3);
  expect(client.stats()).toMatchObject({ recorded: 2, delivered: 2, pending: 0, dropped: {} });
});

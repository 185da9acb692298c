import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ingestForTest } from "../../support/ingest.js";
import { runForJson } from "../../support/run-script.js";
import { stateForTest } from "../../support/state.js";

test.each(["httpTransport", "fetchTransport"])(
  "an answer counts that came in time while the event loop was blocked beyond sendTimeout (%s)",
  async (transport) => {
    const { home } = await stateForTest();
    const arrived = join(home, "arrived");
    const ingest = await ingestForTest({
      reply() {
        writeFileSync(arrived, "");
        return { delay: 100 };
      },
    });
    const end = await runForJson("blocked-loop", { args: [transport, ingest.dsn, arrived] });
    expect(end).toMatchObject({ flushed: true, recorded: 100, delivered: 100, pending: 0 });
    expect(ingest.metrics).toHaveLength(100);
  },
);

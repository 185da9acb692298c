import { expect, test, vi } from "vitest";
import { consoleTransport } from "../../../src/transport/local/console-transport.js";
import { metricEnvelope, transportOptions } from "../../support/envelope.js";

test("prints each item on the console", async () => {
  const log = vi.spyOn(console, "log").mockReturnValue();
  const transport = consoleTransport()(transportOptions("http://unused"));
  expect(await transport.send(metricEnvelope("printed"))).toMatchObject({ statusCode: 200 });
  const said = log.mock.calls.flat().join(" ");
  log.mockRestore();
  expect(said).toContain('"type":"trace_metric"');
  expect(said).toContain('"name":"printed"');
});

import { expect, test } from "vitest";
import { consoleTransport } from "../../src/transport/console.js";

function print(items: readonly (readonly [object, unknown])[]): unknown[][] {
  const lines: unknown[][] = [];
  const log = (...line: unknown[]): void => void lines.push(line);
  const make = consoleTransport({ log }, (bytes) => new TextDecoder().decode(bytes));
  const transport = make({ url: "", recordDroppedEvent: () => {} });
  void transport.send([{}, items] as never);
  return lines;
}

test("prints one line per item, with header and payload as text", () => {
  const bytes = new TextEncoder().encode('{"é":1}');
  const lines = print([
    [{ type: "trace_metric" }, bytes],
    [{ type: "client_report" }, '{"a":1}'],
    [{ type: "event" }, { message: "x" }],
  ]);
  expect(lines).toEqual([
    ['{"type":"trace_metric"}', '{"é":1}'],
    ['{"type":"client_report"}', '{"a":1}'],
    ['{"type":"event"}', '{"message":"x"}'],
  ]);
});

test("answers with a 200 and has nothing in flight", async () => {
  const make = consoleTransport({ log: () => {} }, String);
  const transport = make({ url: "", recordDroppedEvent: () => {} });
  expect(await transport.send([{}, []] as never)).toEqual({ statusCode: 200 });
  expect(await transport.flush(1)).toBe(true);
});

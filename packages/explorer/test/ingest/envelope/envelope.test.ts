import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseEnvelope } from "../../../src/ingest/envelope/envelope.js";

const parse = (text: string) => parseEnvelope(Buffer.from(text));

describe("an envelope", () => {
  it("is a header and items, with or without a final newline", () => {
    for (const end of ["", "\n"]) {
      const envelope = parse(
        `{"dsn":"x"}\n{"type":"a"}\n{"n":1}\n{"type":"b","length":3}\nq\nr${end}`,
      );
      expect(envelope).toMatchObject({ ok: true, header: { dsn: "x" } });
      const items = envelope.ok
        ? envelope.items.map(({ type, payload }) => [type, String(payload)])
        : [];
      expect(items).toEqual([
        ["a", '{"n":1}'],
        ["b", "q\nr"],
      ]);
    }
  });

  it("counts a length in bytes, not in characters", () => {
    const envelope = parse('{}\n{"type":"a","length":6}\nééé\n{"type":"b"}\nx');
    expect(envelope.ok && envelope.items.map(({ payload }) => String(payload))).toEqual([
      "ééé",
      "x",
    ]);
  });

  it("may have only a header", () => {
    expect(parse("{}")).toEqual({ ok: true, header: {}, items: [] });
  });

  it("may end with an item that has no payload", () => {
    for (const body of [
      '{}\n{"type":"a"}',
      '{}\n{"type":"a","length":0}',
      '{}\n{"type":"a","length":0}\n',
    ]) {
      const envelope = parse(body);
      expect(envelope.ok && envelope.items.map(({ payload }) => payload.length)).toEqual([0]);
    }
  });

  it("may have blank lines before a header, and a header over several lines, as Relay reads it", () => {
    const body =
      '\n \n{\n  "dsn": "x{\\"}"\n}\n\n\r\n\n{ "type":\n"a" }\npayload\n\n\n{"type":"b"}\nx';
    const envelope = parse(body);
    expect(envelope).toMatchObject({ ok: true, header: { dsn: 'x{"}' } });
    expect(
      envelope.ok && envelope.items.map(({ type, payload }) => [type, String(payload)]),
    ).toEqual([
      ["a", "payload"],
      ["b", "x"],
    ]);
  });

  it.each([
    ["", "not an envelope header"],
    ["\n\n", "not an envelope header"],
    ["{} {}\n", "not an envelope header"],
    ["{}\r\n", "not an envelope header"],
    ['{"a":"}\n', "not an envelope header"],
    ["not json", "not an envelope header"],
    ["[]\n", "not an envelope header"],
    ["{}\nnot json\n{}", "header of item 1 is not a JSON object"],
    ['{}\n{"type":"a"}\nx\n{"length":1}\ny', 'header of item 2 has no "type"'],
    ['{}\n{"type":"a","length":9}\nshort', "length 9, which does not fit"],
    ['{}\n{"type":"a","length":2}\nlonger', "length 2, which does not fit"],
    ['{}\n{"type":"a","length":-1}\nx', "length -1, which does not fit"],
    ['{}\n{"type":"a","length":"1"}\nx', "length 1, which does not fit"],
  ])("is refused with the reason when it is %j", (body, reason) => {
    const refusal = parse(body);
    expect(refusal).toMatchObject({ ok: false, status: 400 });
    expect(refusal.ok ? "" : refusal.reason).toContain(reason);
  });

  it("of any bytes is read or refused, and never throws", () => {
    const lines = fc.oneof(
      fc.string(),
      fc.json(),
      fc
        .record({ type: fc.string(), length: fc.oneof(fc.integer(), fc.double()) })
        .map((o) => JSON.stringify(o)),
    );
    fc.assert(
      fc.property(fc.array(lines), (parts) => {
        const result = parse(parts.join("\n"));
        expect(typeof result.ok).toBe("boolean");
      }),
    );
  });

  it("returns exactly the payloads that it contains", () => {
    const item = fc.tuple(fc.stringMatching(/^[a-z_]+$/), fc.uint8Array());
    fc.assert(
      fc.property(fc.array(item), (items) => {
        const parts = items.flatMap(([type, payload]) => [
          Buffer.from(`\n${JSON.stringify({ type, length: payload.length })}\n`),
          Buffer.from(payload),
        ]);
        const envelope = parseEnvelope(Buffer.concat([Buffer.from("{}"), ...parts]));
        expect(
          envelope.ok && envelope.items.map(({ type, payload }) => [type, new Uint8Array(payload)]),
        ).toEqual(items);
      }),
    );
  });
});

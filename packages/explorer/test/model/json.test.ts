import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJson, stringifyJson } from "../../src/model/json.js";

describe("JSON with integers of 64 bits", () => {
  it.each([
    "653247040368672769",
    "-653247040368672769",
    "9007199254740993",
    "-9223372036854775808",
    "18446744073709551615",
  ])("keeps %s exact, alone, in lists and in objects", (digits) => {
    const integer = BigInt(digits);
    expect(parseJson(digits)).toBe(integer);
    expect(parseJson(`{ "id": ${digits}, "ids":[1,${digits}] }`)).toEqual({
      id: integer,
      ids: [1, integer],
    });
    expect(stringifyJson({ id: integer, ids: [1, integer] })).toBe(
      `{"id":${digits},"ids":[1,${digits}]}`,
    );
  });

  it.each(["18446744073709551616", "-9223372036854775809", "6.53247040368672769e17", "1e400"])(
    "reads %s as a double, as Relay does",
    (digits) => {
      expect(parseJson(`[${digits}]`)).toEqual([Number(digits)]);
    },
  );

  it("does not change digits inside texts and keys", () => {
    const text = '{"653247040368672769":"653247040368672769","\\"653247040368672769":["\\\\"]}';
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  it.each(["{653247040368672769:1}", "0653247040368672769", "[653247040368672769", "-", "[1,]"])(
    "refuses %s as JSON.parse does",
    (text) => {
      expect(() => parseJson(text)).toThrow(SyntaxError);
    },
  );

  it("returns the value of the JSON", () => {
    const value = fc.letrec((tie) => ({
      value: fc.oneof(
        fc.string(),
        fc.boolean(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }),
        fc.bigInt({ min: -(2n ** 63n), max: -(2n ** 53n) }),
        fc.array(tie("value")),
        fc.dictionary(fc.string(), tie("value")),
      ),
    })).value;
    fc.assert(
      fc.property(value, (any) => {
        const text = stringifyJson(any);
        expect(stringifyJson(parseJson(text))).toBe(text);
      }),
    );
  });

  it("reads and refuses like JSON.parse what has no such integers", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        const read = (parse: (from: string) => unknown) => {
          try {
            return parse(text);
          } catch (error) {
            return (error as Error).name;
          }
        };
        fc.pre(!/\d{16}/.test(text));
        expect(read(parseJson)).toEqual(read(JSON.parse));
      }),
    );
  });
});

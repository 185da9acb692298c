import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ITEM_FIELDS, type Field, type Filter } from "../../../src/questions/filter/filter.js";
import { readFilter } from "../../../src/questions/filter/read-filter.js";
import { QueryError } from "../../../src/questions/query-error.js";

function errorOf(text: string): QueryError {
  try {
    readFilter(text);
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
  throw new Error(`${text} is a filter`);
}

/** The place of the error, or 0 when there is none. Any other error is thrown on. */
function placeOfError(text: string): number | undefined {
  try {
    readFilter(text);
    return 0;
  } catch (error) {
    if (error instanceof QueryError) return error.at;
    throw error;
  }
}

describe("an error points at the character", () => {
  it.each([
    ["", 0, "at its end a key is missing"],
    ["plan", 4, "at its end an operator is missing after the key"],
    ["plan:pro", 8, "an operator is missing"],
    ["plan=pro tier=1", 9, '"and" or "or" is missing'],
    ["a=1 and", 7, "a key is missing"],
    ["(a=1", 4, "a closing bracket is missing"],
    ["a=1)", 3, "a bracket closes that was not opened"],
    ["a==1", 1, "the operator == is not possible"],
    ["a =~ x", 2, "the operator =~ is not possible"],
    ["a!~x", 1, "the operator !~ is not possible"],
    ["a>x", 2, "a number is expected"],
    ["a>", 2, "a value is missing"],
    ['a="x', 2, "a quote is not closed"],
    ["a~[", 2, "the regular expression is not valid"],
    ["a~x(?=y)", 3, "is missing"],
    ['a~"x(?=y)"', 2, "look-around"],
    ["@values=1", 0, "@values is not a field of items (@bytes"],
    ["k*=x", 0, "a key has no wildcards"],
    ["has:", 4, "a key is missing"],
    ['""=x', 0, "the key is empty"],
    ["=x", 0, "a key is missing"],
    ["(".repeat(60) + "a=1", 50, "brackets are too deep"],
  ])("%s", (text, at, message) => {
    const error = errorOf(text);
    expect(error.message).toContain(message);
    expect({ code: error.code, at: error.at }).toEqual({ code: "usage", at });
  });
});

/** Writes a filter so that it must be read as what it was. */
function write(filter: Filter): string {
  switch (filter.kind) {
    case "and":
    case "or":
      return `(${filter.filters.map(write).join(` ${filter.kind} `)})`;
    case "not":
      return `not (${write(filter.filter)})`;
    case "has":
      return `has:${writeField(filter.field)}`;
    case "equals":
      return `${writeField(filter.field)}=${filter.parts.length === 1 ? quote(filter.parts[0] ?? "") : filter.parts.map(escape).join("*")}`;
    case "matches":
      return `${writeField(filter.field)}~${quote(filter.pattern)}`;
    case "compares":
      return `${writeField(filter.field)} ${filter.comparison} ${filter.number}`;
  }
}

const writeField = (field: Field): string =>
  field.of === "item" ? `@${field.key}` : quote(field.key);
const quote = (text: string): string => `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
const escape = (text: string): string => text.replaceAll(/[\s()=!<>~"\\*@]/g, "\\$&");

const field: fc.Arbitrary<Field> = fc.oneof(
  fc.string({ minLength: 1, unit: "binary" }).map((key) => ({ of: "attribute", key }) as const),
  fc.constantFrom(...ITEM_FIELDS).map((key) => ({ of: "item", key }) as const),
);

const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
  filter: fc.oneof(
    { maxDepth: 4 },
    fc.record({ kind: fc.constant("has" as const), field }),
    fc.record({
      kind: fc.constant("equals" as const),
      field,
      parts: fc.array(fc.string({ unit: "binary" }), { minLength: 1 }),
    }),
    fc.record({
      kind: fc.constant("matches" as const),
      field,
      pattern: fc.stringMatching(/^[a-z.^$\d ]*$/),
    }),
    fc.record({
      kind: fc.constant("compares" as const),
      field,
      comparison: fc.constantFrom(">", ">=", "<", "<="),
      // As text -0 is 0.
      number: fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
    }),
    fc.record({ kind: fc.constant("not" as const), filter: tie("filter") }),
    fc.record({
      kind: fc.constantFrom("and", "or"),
      filters: fc.array(tie("filter"), { minLength: 2, maxLength: 3 }),
    }),
  ),
}));

describe("the text of a filter", () => {
  it("is read as it was meant, whatever its keys and values are", () => {
    fc.assert(
      fc.property(filter, (given) => {
        expect(readFilter(write(given))).toEqual(given);
      }),
    );
  });

  it("of any kind is a filter or a usage error", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const at = placeOfError(text);
        expect(at).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

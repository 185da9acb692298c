/** The comparisons of a field with a number. */
export type Comparison = ">" | ">=" | "<" | "<=";

/** The fields of an item that a filter can name, beside its attributes: `@value` in the text of a filter. */
export const ITEM_FIELDS = [
  "bytes",
  "duration",
  "level",
  "name",
  "op",
  "project",
  "sdk",
  "span",
  "status",
  "trace",
  "type",
  "unit",
  "value",
  "verdict",
] as const;

/** A field of an item, without its `@`. */
export type ItemField = (typeof ITEM_FIELDS)[number];

/** An attribute by its key, or a field of the item itself. */
export type Field =
  | { readonly of: "attribute"; readonly key: string }
  | { readonly of: "item"; readonly key: ItemField };

/** A condition on items. */
export type Filter =
  | { readonly kind: "and" | "or"; readonly filters: readonly Filter[] }
  | { readonly kind: "not"; readonly filter: Filter }
  /** The item has the field. */
  | { readonly kind: "has"; readonly field: Field }
  /** The text of the field is these parts, with anything between them: a single part must be the whole text. */
  | { readonly kind: "equals"; readonly field: Field; readonly parts: readonly string[] }
  /** A part of the text of the field matches a regular expression in the syntax of RE2. */
  | { readonly kind: "matches"; readonly field: Field; readonly pattern: string }
  /** The field is a number, or text that is one, and compares like this. */
  | {
      readonly kind: "compares";
      readonly field: Field;
      readonly comparison: Comparison;
      readonly number: number;
    };

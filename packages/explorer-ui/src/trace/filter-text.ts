import type { AttributeValue } from "@spanmeter/explorer/model/received-item";

/** Writes the filter for items whose attribute has this value. */
export const filterText = (key: string, value: AttributeValue): string =>
  `${quoted(key)}=${quoted(typeof value === "object" ? JSON.stringify(value) : String(value))}`;

/** Words of the grammar, and text in which a character may mean something, need quotes. */
const quoted = (text: string): string =>
  /^[\w./:-]+$/.test(text) && !/^(and|or|not|has:.*)$/i.test(text)
    ? text
    : `"${text.replaceAll(/["\\]/g, String.raw`\$&`)}"`;

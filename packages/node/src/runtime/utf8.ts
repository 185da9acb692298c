import { TextEncoder } from "node:util";

const encoder: TextEncoder = new TextEncoder();

/**
 * Encodes a text as UTF-8. Not by the global `TextEncoder`, which jest's jsdom lacks, and by its method as
 * it was when this module was loaded.
 */
export const encodeUtf8: (text: string) => Uint8Array = encoder.encode.bind(encoder);

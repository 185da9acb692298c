import { TextEncoder } from "node:util";

const encoder: TextEncoder = new TextEncoder();

/**
 * Encodes a text as UTF-8. It does not use the global `TextEncoder`, which is missing in jest's jsdom,
 * and it binds the method when this module is loaded, before anybody can replace it.
 */
export const encodeUtf8: (text: string) => Uint8Array = encoder.encode.bind(encoder);

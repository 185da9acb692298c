import { promisify } from "node:util";
import { inflate } from "node:zlib";
import { DEFAULT_BODY_LIMITS, type Body } from "./body.js";
import { refuse } from "../refusal.js";

const OPEN_BRACE = 0x7b;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Decodes the event of an older SDK: plain JSON, JSON in base64, or JSON that is compressed by zlib and in base64. */
export async function decodeEventBody(bytes: Buffer): Promise<Body> {
  if (bytes.length === 0 || bytes[0] === OPEN_BRACE) return { ok: true, bytes };
  const text = bytes.toString("latin1").trim();
  if (text.startsWith("{")) return { ok: true, bytes };
  if (!BASE64.test(text) || text.length % 4 > 0)
    return refuse(400, "The event is neither a JSON object nor base64");
  const decoded = Buffer.from(text, "base64");
  if (decoded[0] === OPEN_BRACE) return { ok: true, bytes: decoded };
  return inflateBounded(decoded);
}

async function inflateBounded(compressed: Buffer): Promise<Body> {
  const { decoded: maxOutputLength } = DEFAULT_BODY_LIMITS;
  try {
    return { ok: true, bytes: await promisify(inflate)(compressed, { maxOutputLength }) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE")
      return refuse(413, `Decompressed, the event is larger than ${maxOutputLength} bytes`);
    return refuse(400, `The base64 of the event holds neither JSON nor zlib data: ${message}`);
  }
}

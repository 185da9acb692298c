import { readFileSync } from "node:fs";

const read = (name: string): string =>
  readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url), "utf8");

/**
 * A self-signed certificate for localhost, ingest.test and 127.0.0.1, valid for a hundred years. It is
 * for tests only, made with `openssl req -x509 -newkey ec -nodes -days 36500`.
 */
export const tls: { key: string; cert: string } = { key: read("key.pem"), cert: read("cert.pem") };

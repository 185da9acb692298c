import type { PlatformConsole } from "../contract/platform.js";
import type { TransportFactory } from "../contract/transport.js";

/** Prints a line for each item instead of sending it: its headers, and its payload as text. */
export function consoleTransport(
  console: Pick<PlatformConsole, "log">,
  decodeUtf8: (bytes: Uint8Array) => string,
): TransportFactory {
  const show = (payload: unknown): string => {
    if (typeof payload === "string") return payload;
    return ArrayBuffer.isView(payload)
      ? decodeUtf8(payload as Uint8Array)
      : JSON.stringify(payload);
  };
  return () => ({
    async send([, items]) {
      for (const [headers, payload] of items) console.log(JSON.stringify(headers), show(payload));
      return { statusCode: 200 };
    },
    flush: async () => true,
  });
}

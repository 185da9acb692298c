import type { TransportFactory } from "@spanmeter/core";

/** Stands in for `fileTransport` in edge runtimes, which have no files: each send rejects and says so. */
export function fileTransport(path: string): TransportFactory {
  return () => ({
    send: async () => {
      throw new Error(`fileTransport cannot write "${path}": an edge runtime has no files.`);
    },
    flush: async () => true,
  });
}

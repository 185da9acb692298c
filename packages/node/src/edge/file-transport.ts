import type { TransportFactory } from "@spanmeter/core";

/** Edge runtimes have no files: each send is rejected with this reason. */
export function fileTransport(path: string): TransportFactory {
  return () => ({
    send: async () => {
      throw new Error(`fileTransport cannot write "${path}": an edge runtime has no files.`);
    },
    flush: async () => true,
  });
}

import { onTestFinished } from "vitest";
import { startExplorer, type Explorer, type ExplorerOptions } from "../../src/index.js";

export interface TestExplorer extends Explorer {
  post(
    body: string | Uint8Array,
    init?: { headers?: Record<string, string>; path?: string },
  ): Promise<Response>;
  getJson<T>(path: string): Promise<T>;
}

/** A real explorer on a free port, in memory, which ends with the test. */
export async function testExplorer(options: ExplorerOptions = {}): Promise<TestExplorer> {
  const explorer = await startExplorer({ port: 0, memory: true, ...options });
  onTestFinished(() => explorer.close());
  return {
    ...explorer,
    post: (body, { headers = {}, path = "/api/1/envelope/" } = {}) =>
      fetch(explorer.url + path, { method: "POST", body: body as BodyInit, headers }),
    getJson: async <T>(path: string) => (await (await fetch(explorer.url + path)).json()) as T,
  };
}

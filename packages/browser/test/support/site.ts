import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Resource {
  body: string;
  /** Default: `text/html`. */
  type?: string;
  headers?: Record<string, string>;
}

export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves pages and scripts on a free port. Each path maps to HTML text or to a resource. */
export async function startSite(resources: Record<string, string | Resource>): Promise<Site> {
  const server = createServer((request, response) => {
    const found = resources[new URL(request.url ?? "/", "http://site").pathname];
    if (found === undefined) {
      response.writeHead(404).end();
      return;
    }
    const resource = typeof found === "string" ? { body: found } : found;
    const type = `${resource.type ?? "text/html"}; charset=utf-8`;
    response.writeHead(200, { "content-type": type, ...resource.headers }).end(resource.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

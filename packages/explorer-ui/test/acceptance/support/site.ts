import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A site of another origin than the explorer's. */
export interface Site extends Disposable {
  readonly url: string;
}

/** Serves one document on a free port, at another host name than that of explorers. */
export async function startSite(html: string): Promise<Site> {
  const server = createServer((_, response) =>
    response.setHeader("content-type", "text/html").end(html),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    // For the browser, `localhost` is another site than 127.0.0.1.
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    [Symbol.dispose]() {
      server.closeAllConnections();
      server.close();
    },
  };
}

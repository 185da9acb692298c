const LOOPBACK = ["127.0.0.1", "localhost", "::1"];
const EVERYWHERE = ["0.0.0.0", "::"];

/** Returns why an explorer cannot listen on a host, or `undefined` when it can. Only this machine may read, so it must be able to connect. */
export function refuseHost(host: string): string | undefined {
  if ([...LOOPBACK, ...EVERYWHERE].includes(host)) return undefined;
  return (
    `host "${host}" is not possible. Use ${LOOPBACK.join(", ")}, or ${EVERYWHERE.join(" or ")} ` +
    "so that other machines and containers can send (they still cannot read)."
  );
}

/** Returns a host as part of a URL that this machine can open. */
export function urlHost(host: string): string {
  if (EVERYWHERE.includes(host)) return "127.0.0.1";
  return host === "::1" ? "[::1]" : host;
}

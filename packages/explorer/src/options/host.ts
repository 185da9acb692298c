const LOOPBACK = ["127.0.0.1", "localhost", "::1"];
const EVERYWHERE = ["0.0.0.0", "::"];

/** Why nobody could read from an explorer on this host; `undefined` when somebody can: reading is for this machine only. */
export function refuseHost(host: string): string | undefined {
  if ([...LOOPBACK, ...EVERYWHERE].includes(host)) return undefined;
  return (
    `host "${host}" is not possible. Use ${LOOPBACK.join(", ")}, or ${EVERYWHERE.join(" or ")} ` +
    "so that other machines and containers can send (they still cannot read)."
  );
}

/** The host as it stands in a URL that this machine can open. */
export function urlHost(host: string): string {
  if (EVERYWHERE.includes(host)) return "127.0.0.1";
  return host === "::1" ? "[::1]" : host;
}

import type { BlockList } from "node:net";
import { builtin } from "../../runtime/builtin.js";

/**
 * Whether a `NO_PROXY` list names the host of `url`. Entries are separated by commas or spaces:
 *
 * - `example.com`, `.example.com` and `*.example.com` name the host and everything below it;
 * - `example.com:8443` names it on that port only;
 * - `10.0.0.1`, `[::1]`, `10.0.0.0/8` and `fd00::/8` name addresses, compared as addresses;
 * - `*` names every host.
 *
 * Names are compared as text: nothing is looked up.
 */
export function isExempt(url: URL, list: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => matches(entry, host, port));
}

/** `name`, `name:port`, `[v6]`, `[v6]:port`; a bare IPv6 address has more than one colon. */
const ENTRY = /^(?:\[([^\]]+)\]|([^:]+)|([^[\]]*:[^[\]]*:[^[\]]*))(?::(\d+))?$/;

function matches(entry: string, host: string, port: string): boolean {
  if (entry === "*") return true;
  const [, bracketed, name, bare, onPort] = ENTRY.exec(entry) ?? [];
  const named = bracketed ?? name ?? bare;
  if (named === undefined || (onPort !== undefined && onPort !== port)) return false;
  const domain = named.replace(/^\*?\./, "").replace(/\.$/, "");
  return host === domain || host.endsWith(`.${domain}`) || isInNetwork(host, named);
}

function isInNetwork(host: string, named: string): boolean {
  const { isIP, BlockList } = builtin("node:net");
  const [address = "", prefix] = named.split("/");
  if (isIP(host) === 0 || isIP(address) === 0) return false;
  const network = new BlockList();
  if (!add(network, address, isIP(address), prefix)) return false;
  return network.check(host, family(isIP(host)));
}

function add(network: BlockList, address: string, version: number, prefix?: string): boolean {
  const bits = Number(prefix ?? (version === 6 ? 128 : 32));
  if (prefix === "" || !Number.isInteger(bits) || bits < 0 || bits > (version === 6 ? 128 : 32))
    return false;
  network.addSubnet(address, bits, family(version));
  return true;
}

const family = (version: number): "ipv4" | "ipv6" => (version === 6 ? "ipv6" : "ipv4");

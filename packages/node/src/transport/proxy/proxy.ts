import { Buffer } from "node:buffer";
import { URL } from "node:url";
import { isExempt } from "./no-proxy.js";

/**
 * Finds the proxy for `target`: the option, else the environment, unless `NO_PROXY` names the host.
 *
 * - For an https target `https_proxy`, then `http_proxy`; for an http target `http_proxy`. The lower
 *   case spelling of each comes before the upper case one.
 * - `HTTP_PROXY` is not read in a CGI process, where a request's `Proxy` header could set it.
 * - `option: false` means no proxy, whatever the environment says.
 *
 * @throws {Error} when the option or the variable is not the URL of an HTTP or HTTPS proxy.
 */
export function findProxy(
  target: URL,
  option: string | false | undefined,
  env: NodeJS.ProcessEnv,
): URL | undefined {
  if (option === false) return undefined;
  const { source, text } = option
    ? { source: "proxy", text: option }
    : fromEnvironment(target, env);
  if (!text || isExempt(target, env["no_proxy"] || env["NO_PROXY"] || "")) return undefined;
  return parse(source, text);
}

interface ProxySetting {
  /** The option or the variable, for error messages. */
  readonly source: string;
  readonly text: string;
}

function fromEnvironment(target: URL, env: NodeJS.ProcessEnv): ProxySetting {
  const names = ["http_proxy", ...(env["REQUEST_METHOD"] === undefined ? ["HTTP_PROXY"] : [])];
  if (target.protocol === "https:") names.unshift("https_proxy", "HTTPS_PROXY");
  const source = names.find((name) => env[name]?.trim()) ?? "";
  return { source, text: env[source] ?? "" };
}

/** `proxy.local:3128` without a scheme is common in the environment and means http. */
function parse(source: string, text: string): URL {
  const trimmed = text.trim();
  const url = tryUrl(trimmed.includes("://") ? trimmed : `http://${trimmed}`);
  if (url && /^https?:$/.test(url.protocol)) return url;
  const found = url ? `a "${url.protocol}" URL` : "not a URL";
  throw new Error(`${source} is ${found}; a proxy is http://host:port or https://host:port.`);
}

function tryUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** The `proxy-authorization` header for a proxy URL with a user, else no header. */
export function proxyHeaders(proxy: URL): Record<string, string> {
  if (!proxy.username && !proxy.password) return {};
  const login = `${unescape(proxy.username)}:${unescape(proxy.password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(login).toString("base64")}` };
}

/** A password with a lone `%` is used as it is written. */
function unescape(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

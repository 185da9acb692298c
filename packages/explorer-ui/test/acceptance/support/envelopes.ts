/** A value of an attribute, or of a field of an item. */
export type Json = Record<string, unknown>;

const CONTENT = {
  trace_metric: "application/vnd.sentry.items.trace-metric+json",
  span: "application/vnd.sentry.items.span.v2+json",
  log: "application/vnd.sentry.items.log+json",
} as const;

/** Items of one envelope, by type. */
export interface Items {
  readonly trace_metric?: readonly Json[];
  readonly span?: readonly Json[];
  readonly log?: readonly Json[];
  /** Events with an exception, each an item of its own. */
  readonly event?: readonly Json[];
}

/** Writes values with their types, as Sentry's protocol has them. */
export const attributes = (values: Readonly<Record<string, string | number>>): Json =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      { value, type: typeof value === "number" ? "double" : "string" },
    ]),
  );

/** Writes an envelope by hand, so that the page is compared with the protocol and not with our encoder. */
export function envelope({ event = [], ...containers }: Items): string {
  const lines = Object.entries(containers).flatMap(([type, items]) => [
    JSON.stringify({
      type,
      item_count: items.length,
      content_type: CONTENT[type as keyof typeof CONTENT],
    }),
    JSON.stringify({ version: 2, items }),
  ]);
  const events = event.flatMap((each) => [JSON.stringify({ type: "event" }), JSON.stringify(each)]);
  return ["{}", ...lines, ...events].join("\n");
}

/** Items of one envelope. SDKs send fewer; Relay allows a thousand. */
const BATCH = 1_000;

/** Sends items of one type to an explorer. */
export async function send(url: string, type: keyof Items, items: readonly Json[]): Promise<void> {
  const batch = type === "event" ? 50 : BATCH;
  for (let from = 0; from < items.length; from += batch) {
    const body = envelope({ [type]: items.slice(from, from + batch) });
    const response = await fetch(`${url}/api/1/envelope/`, { method: "POST", body });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  }
}

/** Sends items of all types to an explorer. */
export async function sendAll(url: string, items: Items): Promise<void> {
  for (const [type, each] of Object.entries(items)) await send(url, type as keyof Items, each);
}

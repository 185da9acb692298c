import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

const VISITS = 28;
/** The time between two visitors, independent of the length of their visits. */
const PACE_MS = 280;

/** Sends visitors to the shop. Resolves to the counts `{ requests, checkouts, failed }`. */
export async function sendVisitors({ shopUrl, signal, onProgress }) {
  const seen = { requests: 0, checkouts: 0, failed: 0 };
  const visits = [];
  for (let number = 0; number < VISITS; number++) {
    const visiting = visit({ shopUrl, number, seen }).then(() => onProgress(seen));
    // A failure is thrown at the end, with the others.
    visiting.catch(() => {});
    visits.push(visiting);
    await sleep(PACE_MS, undefined, { signal });
  }
  await Promise.all(visits);
  return seen;
}

/** The shop's card processor decides by the last digits. */
const CARDS = { good: "4242424242424242", declined: "4000000000000002", empty: "5555555555559995" };
/** Mail domains: one accepts mail only at the second attempt, one never. */
const DOMAINS = { good: "mail.example", greylisting: "grey.example", wrong: "localhost" };

/** Returns the first name whose condition holds. */
function choose(conditions) {
  const [word] = Object.entries(conditions).find(([, holds]) => holds) ?? ["good"];
  return word;
}

/** Returns a visitor by number, so that every run has the same mix of visitors. */
function person(number) {
  const card = choose({ declined: number % 12 === 5, empty: number % 18 === 9 });
  const domain = choose({ wrong: number % 9 === 4, greylisting: number % 5 === 2 });
  return {
    visitor: `customer-${number}`,
    card: CARDS[card],
    email: `customer${number}@${DOMAINS[domain]}`,
    items: ["teapot", "beans", "filter", "grinder", "scale"].slice(0, 1 + (number % 5)),
    searchText: ["tea", "coffee", "spaceship", "filter"][number % 4],
    sendsPhoto: number % 3 === 0,
    wantsRefund: number % 6 === 1,
  };
}

async function visit({ shopUrl, number, seen }) {
  const visitorData = person(number);
  const { visitor, card, email, items } = visitorData;
  const browse = createPage(shopUrl, seen);
  await browse("GET", "/");
  await browse(
    "GET",
    `/api/search?${new URLSearchParams({ text: visitorData.searchText, visitor })}`,
  );
  if (visitorData.sendsPhoto) await browse("POST", "/api/products/teapot/photos", photo());

  seen.checkouts += 1;
  const buy = createPage(shopUrl, seen);
  const order = await buy("POST", "/api/checkout", { visitor, card, email, items });
  if (!order.id) seen.failed += 1;
  else if (visitorData.wantsRefund)
    await buy("POST", `/api/orders/${order.id}/refund`, { email, reason: "changed_mind" });
}

/** Opens a page with a new trace, which its requests send to the shop. */
function createPage(shopUrl, seen) {
  const hex = (bytes) => randomBytes(bytes).toString("hex");
  const trace = `${hex(16)}-${hex(8)}-1`;
  return async (method, path, body) => {
    const binary = body instanceof Uint8Array;
    const response = await fetch(shopUrl + path, {
      method,
      headers: {
        "sentry-trace": trace,
        "content-type": binary ? "image/jpeg" : "application/json",
      },
      body: binary ? body : body && JSON.stringify(body),
    });
    seen.requests += 1;
    const isJson = response.headers.get("content-type")?.startsWith("application/json");
    return isJson ? response.json() : response.text();
  };
}

const photo = () => randomBytes(20_000 + Math.floor(Math.random() ** 3 * 400_000));

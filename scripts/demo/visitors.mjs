import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

const VISITS = 28;
/** One visitor after the other comes this often, however long each of them stays. */
const PACE_MS = 280;

/** Sends visitors to the shop and tells what they did: `{ requests, checkouts, failed }`. */
export async function sendVisitors({ shopUrl, signal, onProgress }) {
  const seen = { requests: 0, checkouts: 0, failed: 0 };
  const visits = [];
  for (let number = 0; number < VISITS; number++) {
    const visiting = visit({ shopUrl, number, seen }).then(() => onProgress(seen));
    // Heard at the end, with all the others.
    visiting.catch(() => {});
    visits.push(visiting);
    await sleep(PACE_MS, undefined, { signal });
  }
  await Promise.all(visits);
  return seen;
}

/** The shop's card processor goes by the last digits. */
const CARDS = { good: "4242424242424242", declined: "4000000000000002", empty: "5555555555559995" };
/** One takes mail at the second attempt only, one cannot get mail at all. */
const DOMAINS = { good: "mail.example", greylisting: "grey.example", wrong: "localhost" };

/** The first word whose condition holds. */
function choose(conditions) {
  const [word] = Object.entries(conditions).find(([, holds]) => holds) ?? ["good"];
  return word;
}

/** What visitors are like goes by their number: the same people in every run, and a bit of everything. */
function person(number) {
  const card = choose({ declined: number % 12 === 5, empty: number % 18 === 9 });
  const domain = choose({ wrong: number % 9 === 4, greylisting: number % 5 === 2 });
  return {
    visitor: `customer-${number}`,
    card: CARDS[card],
    email: `customer${number}@${DOMAINS[domain]}`,
    items: ["teapot", "beans", "filter", "grinder", "scale"].slice(0, 1 + (number % 5)),
    looksFor: ["tea", "coffee", "spaceship", "filter"][number % 4],
    sendsPhoto: number % 3 === 0,
    wantsRefund: number % 6 === 1,
  };
}

async function visit({ shopUrl, number, seen }) {
  const who = person(number);
  const { visitor, card, email, items } = who;
  const browse = createPage(shopUrl, seen);
  await browse("GET", "/");
  await browse("GET", `/api/search?${new URLSearchParams({ text: who.looksFor, visitor })}`);
  if (who.sendsPhoto) await browse("POST", "/api/products/teapot/photos", photo());

  seen.checkouts += 1;
  const buy = createPage(shopUrl, seen);
  const order = await buy("POST", "/api/checkout", { visitor, card, email, items });
  if (!order.id) seen.failed += 1;
  else if (who.wantsRefund)
    await buy("POST", `/api/orders/${order.id}/refund`, { email, reason: "changed_mind" });
}

/** Each page a visitor opens is a trace of its own, which its requests carry to the shop. */
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

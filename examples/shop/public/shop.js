/* global Spanmeter */
const { init, metrics } = Spanmeter;
const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content;
const element = (id) => document.getElementById(id);

init({ ...JSON.parse(meta("spanmeter")), attributes: { side: "browser" } });

const visitor = crypto.randomUUID();
const cart = [];

/** Calls the shop in the page's trace and records the time until the answer. */
async function call(method, route, body) {
  const started = performance.now();
  const response = await fetch(route, {
    method,
    body: body && JSON.stringify(body),
    headers: {
      "content-type": "application/json",
      "sentry-trace": meta("sentry-trace"),
      baggage: meta("baggage") ?? "",
    },
  });
  const answer = await response.json();
  metrics.distribution("api.request", performance.now() - started, {
    unit: "millisecond",
    attributes: { route: route.split("?")[0], method, status: response.status },
  });
  return answer;
}

async function search(text) {
  const found = await call("GET", `/api/search?${new URLSearchParams({ text, visitor })}`);
  element("message").textContent = `${found.length} found`;
}

element("products").addEventListener("click", ({ target }) => {
  if (!target.value) return;
  cart.push(target.value);
  element("cart").textContent = cart.length;
});

async function pay() {
  const card = "4242424242424242";
  const email = "browser@mail.example";
  const answer = await call("POST", "/api/checkout", { visitor, items: cart, card, email });
  element("message").textContent = answer.id ? `Thank you: ${answer.id}` : answer.message;
}

element("search").addEventListener("submit", (event) => {
  event.preventDefault();
  void search(new FormData(event.target).get("text"));
});
element("pay").addEventListener("click", () => void pay());

addEventListener("load", () => {
  const [{ responseEnd }] = performance.getEntriesByType("navigation");
  metrics.distribution("api.request", responseEnd, {
    unit: "millisecond",
    attributes: { route: "/", method: "GET", status: 200 },
  });
});

// Attributes whose values recur, as in a shop: 24 combinations, however many attributes there are. The objects are
// written out, as in applications.
export const routes = [
  "/",
  "/cart",
  "/checkout",
  "/login",
  "/orders",
  "/products",
  "/refund",
  "/search",
];
export const methods = ["GET", "POST", "PUT"];
export const statuses = [200, 201, 404, 500];
const hosts = ["web-1", "web-2", "web-3", "web-4", "web-5", "web-6", "web-7", "web-8"];
const plans = ["free", "team", "business"];
const regions = ["eu-central-1", "eu-west-1", "us-east-1", "us-west-2"];

/** Returns the 3 attributes of call number `i`. */
export const three = (i) => ({
  route: routes[i & 7],
  method: methods[i % 3],
  status: statuses[i & 3],
});

/** Returns 10 attributes. */
export const ten = (i) => ({
  route: routes[i & 7],
  method: methods[i % 3],
  status: statuses[i & 3],
  host: hosts[i & 7],
  plan: plans[i % 3],
  region: regions[i & 3],
  cached: (i & 1) === 0,
  retries: i & 3,
  currency: "EUR",
  release: "shop@2.4.1",
});

/** Returns 30 attributes. */
export const thirty = (i) => ({
  route: routes[i & 7],
  method: methods[i % 3],
  status: statuses[i & 3],
  host: hosts[i & 7],
  plan: plans[i % 3],
  region: regions[i & 3],
  cached: (i & 1) === 0,
  retries: i & 3,
  currency: "EUR",
  release: "shop@2.4.1",
  "from.route": routes[(i + 1) & 7],
  "from.method": methods[(i + 1) % 3],
  "from.status": statuses[(i + 1) & 3],
  "from.host": hosts[(i + 1) & 7],
  "from.plan": plans[(i + 1) % 3],
  "from.region": regions[(i + 1) & 3],
  "from.cached": (i & 1) === 1,
  "from.retries": (i + 1) & 3,
  "from.currency": "USD",
  "from.release": "shop@2.4.0",
  "to.route": routes[(i + 2) & 7],
  "to.method": methods[(i + 2) % 3],
  "to.status": statuses[(i + 2) & 3],
  "to.host": hosts[(i + 2) & 7],
  "to.plan": plans[(i + 2) % 3],
  "to.region": regions[(i + 2) & 3],
  "to.cached": (i & 2) === 0,
  "to.retries": (i + 2) & 3,
  "to.currency": "GBP",
  "to.release": "shop@2.3.9",
});

import { init, metrics } from "@spanmeter/browser";

init({
  dsn: document.querySelector("meta[name=dsn]").content,
  attributes: { page: "bundled" },
});

document.getElementById("buy").addEventListener("click", () => {
  metrics.count("checkout.started", 1, { attributes: { plan: "pro" } });
  // The time since the page began to load: how long the visitor took to decide.
  metrics.distribution("checkout.decision_time", performance.now(), { unit: "millisecond" });
});

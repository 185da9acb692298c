import { init, metrics } from "@spanmeter/browser";

init({
  dsn: document.querySelector("meta[name=dsn]").content,
  attributes: { page: "bundled" },
});

document.getElementById("buy").addEventListener("click", () => {
  const started = performance.now();
  metrics.count("checkout.started", 1, { attributes: { plan: "pro" } });
  metrics.distribution("checkout.duration", performance.now() - started, { unit: "millisecond" });
});

import { useSignalEffect } from "@preact/signals";
import { Help } from "./frame/help.js";
import { PAGE_KEYS } from "./frame/page-keys.js";
import { Top } from "./frame/top.js";
import { useKeys } from "./keys/use-keys.js";
import { Cost } from "./screens/cost.js";
import { Home } from "./screens/home.js";
import { Lint } from "./screens/lint.js";
import { Live } from "./screens/live.js";
import { MetricScreen } from "./screens/metric.js";
import { TraceScreen } from "./screens/trace.js";
import { Traces } from "./screens/traces.js";
import { TraceDrawer } from "./trace/trace-drawer.js";
import { addressOf, problems, screen } from "./url/address.js";
import type { Screen } from "./url/screen.js";

/** The page: one screen, and beside it the trace of the address. */
export function App() {
  useKeys(PAGE_KEYS);
  useSignalEffect(() => {
    document.title = titleOf(screen.value);
  });
  return (
    <>
      <Top />
      <div class="with-drawer">
        <main>
          {problems.value.length > 0 && (
            <p class="notice" role="status">
              Parts of the address were not understood:{" "}
              <span class="name">{problems.value.join(", ")}</span>
            </p>
          )}
          <CurrentScreen />
        </main>
        <TraceDrawer />
      </div>
      <Help />
    </>
  );
}

function titleOf(shown: Screen): string {
  if (shown.at === "metric") return `${shown.name} – Spanmeter`;
  if (shown.at === "trace") return `Trace ${shown.id.slice(0, 8)} – Spanmeter`;
  const names = { home: "Metrics", traces: "Traces", live: "Live", lint: "Lint", cost: "Cost" };
  return shown.at === "unknown" ? "Spanmeter" : `${names[shown.at]} – Spanmeter`;
}

function CurrentScreen() {
  const shown = screen.value;
  if (shown.at === "home") return <Home />;
  if (shown.at === "traces") return <Traces />;
  if (shown.at === "live") return <Live />;
  if (shown.at === "lint") return <Lint />;
  if (shown.at === "cost") return <Cost />;
  if (shown.at === "metric") return <MetricScreen key={shown.name} name={shown.name} />;
  if (shown.at === "trace") return <TraceScreen key={shown.id} id={shown.id} />;
  return (
    <>
      <h1>There is nothing at this address</h1>
      <p>
        <a href={addressOf({ at: "home" })}>All metrics</a>
      </p>
    </>
  );
}

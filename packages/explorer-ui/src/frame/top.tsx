import { CircleHelp, Moon, Sun, SunMoon } from "lucide-preact";
import { useEffect, useRef } from "preact/hooks";
import { connection, rate } from "../live/connection.js";
import { formatNumber } from "../format/number.js";
import { nextTheme, theme } from "../theme/theme.js";
import { addressOf, screen } from "../url/address.js";
import { isHelpOpen } from "./help.js";
import { RangePicker } from "./range-picker.js";

const SCREENS = [
  { at: "home", label: "Metrics" },
  { at: "traces", label: "Traces" },
  { at: "live", label: "Live" },
  { at: "lint", label: "Lint" },
  { at: "cost", label: "Cost" },
] as const;

const ICONS = { system: SunMoon, light: Sun, dark: Moon };

/** The bar at the top of every screen. */
export function Top() {
  const at = screen.value.at;
  const here = at === "metric" ? "home" : at === "trace" ? "traces" : at;
  const ThemeIcon = ICONS[theme.value];
  const top = useRef<HTMLElement>(null);
  useEffect(() => (top.current ? tellHeight(top.current) : undefined), []);
  return (
    <header class="top" ref={top}>
      <a class="brand" href={addressOf({ at: "home" })}>
        Spanmeter
      </a>
      <nav aria-label="Screens">
        {SCREENS.map((each) => (
          <a
            key={each.at}
            href={addressOf({ at: each.at })}
            aria-current={each.at === here ? "page" : undefined}
          >
            {each.label}
          </a>
        ))}
      </nav>
      <div class="end">
        <RangePicker />
        <ConnectionState />
        <button
          class="plain"
          type="button"
          onClick={nextTheme}
          aria-label={`Theme: ${theme.value}. Change it`}
          title={`Theme: ${theme.value}`}
        >
          <ThemeIcon size={16} aria-hidden="true" />
        </button>
        <button
          class="plain"
          type="button"
          onClick={() => (isHelpOpen.value = true)}
          aria-label="Keys"
          title="Keys (?)"
        >
          <CircleHelp size={16} aria-hidden="true" />
        </button>
      </div>
    </header>
  );
}

/** Whether the page is up to date. Only a change of the state is announced, not the rate. */
function ConnectionState() {
  const isLive = connection.value === "live";
  return (
    <span class={isLive ? "connection" : "connection lost"}>
      <span role="status">{isLive ? "live" : "reconnecting"}</span>
      {isLive && rate.value > 0 && <span class="faint"> {formatNumber(rate.value)}/s</span>}
    </span>
  );
}

/** Sets `--top-height`, by which other parts stay below the bar. On narrow screens the bar has several lines. */
function tellHeight(top: HTMLElement): () => void {
  const observer = new ResizeObserver(() =>
    document.documentElement.style.setProperty("--top-height", `${top.offsetHeight}px`),
  );
  observer.observe(top);
  return () => observer.disconnect();
}

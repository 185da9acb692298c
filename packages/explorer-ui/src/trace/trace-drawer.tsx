import { useEffect, useRef } from "preact/hooks";
import { X } from "lucide-preact";
import { addressOf, change, parameters, screen } from "../url/address.js";
import { CopyButton } from "./copy-button.js";
import { returnFocus } from "./return-focus.js";
import { Separator, drawerWidth } from "./separator.js";
import { TraceContent } from "./trace-content.js";

/** The trace of the address, beside whatever screen is shown. */
export function TraceDrawer() {
  const { trace } = parameters.value;
  const shown = screen.value;
  if (!trace || (shown.at === "trace" && shown.id === trace)) return null;
  return <Drawer id={trace} />;
}

const close = (): void => change({ trace: undefined, span: undefined });

function Drawer({ id }: { id: string }) {
  const drawer = useRef<HTMLElement>(null);
  const before = useRef<Element | null>(null);
  useEffect(() => {
    if (!drawer.current?.contains(document.activeElement)) before.current = document.activeElement;
    drawer.current?.focus();
  }, [id]);
  useEffect(() => () => returnFocus(drawer.current, before.current), []);
  return (
    <section
      ref={drawer}
      class="drawer"
      aria-label="Trace"
      tabIndex={-1}
      style={{ "--drawer-width": `${drawerWidth.value}px` }}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        event.preventDefault();
        close();
      }}
    >
      <Separator />
      <div class="drawer-body">
        <div class="row drawer-bar">
          <span class="faint">
            Trace <span class="mono">{id.slice(0, 8)}</span>
          </span>
          <CopyButton text={id}>Copy trace id</CopyButton>
          <a href={addressOf({ at: "trace", id }, { span: parameters.value.span })}>Alone</a>
          <button
            type="button"
            class="plain"
            onClick={close}
            aria-label="Close the trace"
            title="Close (Esc)"
          >
            <X size={16} aria-hidden="true" />
          </button>
        </div>
        <TraceContent
          key={id}
          id={id}
          takesFocus={() => document.activeElement === drawer.current}
        />
      </div>
    </section>
  );
}

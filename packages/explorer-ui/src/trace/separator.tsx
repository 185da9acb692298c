import { kept } from "../parts/kept.js";

const MIN = 340;
/** The screen beside the drawer keeps at least so much, in pixels. */
const BESIDE = 360;
const STEP = 32;

/** Width of the drawer, in pixels. */
export const drawerWidth = kept("spanmeter.drawer", 600);

const largest = (): number => Math.max(MIN, innerWidth - BESIDE);

function resize(width: number): void {
  drawerWidth.value = Math.round(Math.max(MIN, Math.min(width, largest())));
}

/** The edge of the drawer, by which its width is changed. */
export function Separator() {
  const keys: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => resize(drawerWidth.value + STEP),
    ArrowRight: () => resize(drawerWidth.value - STEP),
    Home: () => resize(MIN),
    End: () => resize(largest()),
  };
  return (
    <div
      class="drawer-edge"
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the trace"
      aria-valuenow={drawerWidth.value}
      aria-valuemin={MIN}
      aria-valuemax={largest()}
      tabIndex={0}
      onKeyDown={(event) => {
        const run = keys[event.key];
        if (!run) return;
        event.preventDefault();
        run();
      }}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId))
          resize(innerWidth - event.clientX);
      }}
    />
  );
}

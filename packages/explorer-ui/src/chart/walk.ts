import type uPlot from "uplot";
import { formatTime } from "../format/time.js";
import { CHART_KEYS, type ChartStep } from "../keys/chart-keys.js";
import { isPartial } from "./buckets.js";
import type { ChartActions } from "./chart-model.js";
import type { ChartState } from "./chart-state.js";
import { nearestDot } from "./placed-dots.js";
import { sayBucket } from "./readout.js";
import { clearPreview, previewStrip, stripOf } from "./selection.js";
import { placesIn, pointOf } from "./walk-place.js";

/** The chart that keys walk through. */
export interface Walked {
  readonly plot: () => uPlot;
  readonly state: () => ChartState;
  readonly actions: () => ChartActions;
  /** Shows the values of a bucket, with a mark on the place of one line. */
  readonly show: (bucket: number, place: number, x: number, y: number) => void;
  /** Hides the values; returns whether they were shown. */
  readonly hide: () => boolean;
  readonly say: (text: string) => void;
}

/** Walks through a chart by keys. It keeps the time, not the place: a live chart moves on. */
export function createWalk({ plot, state, actions, show, hide, say }: Walked) {
  let time: number | undefined;
  let place: number | undefined;
  let anchor: number | undefined;

  const lastBucket = () => state().model.times.length - 1;
  const bucketOf = (start: number) => plot().valToIdx(start + state().model.intervalSeconds / 2);
  const bucket = () => {
    const { model } = state();
    if (time !== undefined) return Math.min(lastBucket(), bucketOf(time));
    return Math.max(0, isPartial(model, lastBucket()) ? lastBucket() - 1 : lastBucket());
  };

  const placeNow = () => {
    const places = placesIn(state(), bucket());
    return place !== undefined && places.includes(place) ? place : (places[0] ?? 0);
  };
  const point = () => pointOf(plot(), state(), bucket(), placeNow());
  const present = () => {
    const { x, y } = point();
    show(bucket(), placeNow(), x, y);
  };
  const goTo = (next: number) => {
    const { model } = state();
    const within = Math.min(lastBucket(), Math.max(0, next));
    time = model.times[within];
    present();
    say(sayBucket(model, within, placeNow()));
  };
  const goToLine = (step: number) => {
    const all = placesIn(state(), bucket());
    const next = all.indexOf(placeNow()) + step;
    place = all[(next + all.length) % Math.max(1, all.length)];
    goTo(bucket());
  };
  const mark = (step: number) => {
    const { model } = state();
    anchor ??= model.times[bucket()];
    goTo(bucket() + step);
    const first = bucketOf(anchor ?? 0);
    previewStrip(plot(), model, first, bucket());
    const { since, until } = stripOf(model, first, bucket());
    say(`Marked from ${formatTime(since)} to ${formatTime(until)}`);
  };
  const open = () => {
    const { x, y } = point();
    const nearest = nearestDot(state().dots, x, y);
    if (nearest) actions().onOpen(nearest.dot);
    else say("No samples in this chart");
  };
  const cancelMark = () => {
    const wasMarking = anchor !== undefined;
    anchor = undefined;
    if (wasMarking) clearPreview(plot());
    return wasMarking;
  };
  const clear = () => {
    if (cancelMark()) return true;
    if (!state().model.box) return hide();
    actions().onBox(undefined);
    say("Selection cleared");
    return true;
  };

  const steps: Record<ChartStep, () => boolean | void> = {
    earlier: () => goTo(time === undefined ? bucket() : bucket() - 1),
    later: () => goTo(time === undefined ? bucket() : bucket() + 1),
    first: () => goTo(0),
    last: () => goTo(lastBucket()),
    previousLine: () => goToLine(-1),
    nextLine: () => goToLine(1),
    markEarlier: () => mark(-1),
    markLater: () => mark(1),
    open,
    clear,
  };

  /** Handles a key, and returns whether it had a meaning. */
  function press({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
    if (ctrlKey || metaKey || altKey || lastBucket() < 0) return false;
    const pressed = shiftKey ? `Shift+${key}` : key;
    const found = CHART_KEYS.find(({ keys }) => keys === pressed);
    return found ? steps[found.step]() !== false : false;
  }
  /** Marks the strip when Shift is released. */
  function release(key: string): void {
    if (key !== "Shift" || anchor === undefined) return;
    const strip = stripOf(state().model, bucketOf(anchor), bucket());
    cancelMark();
    actions().onBox(strip);
  }
  /** Shows the values again after new ones arrived. */
  function refresh(): void {
    if (time !== undefined) present();
  }
  function leave(): void {
    cancelMark();
    time = undefined;
  }
  return { press, release, refresh, leave };
}

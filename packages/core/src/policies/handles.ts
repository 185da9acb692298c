import type { Engine } from "../contract/engine.js";
import type { AttributeMap } from "../contract/metric.js";
import type { FindInstrument, FindSeries, Series } from "../contract/series.js";
import type {
  Bind,
  CallSteps,
  Location,
  Rated,
  RecordBound,
  RecordCall,
  Settle,
} from "../contract/stage.js";
import type { ChangeAttribute } from "../contract/policy.js";
import type { VolumeContext } from "../contract/volume.js";
import { NOTHING, withoutRemoved } from "../engine/attributes.js";
import { locationOf } from "../engine/waiting-metric.js";
import { bindTo } from "../record/verbs.js";
import { addToSum } from "../volume/folded.js";
import type { FoldTable } from "./fold-table.js";
import type { Finish, TableFold } from "./table-series.js";
import type { TableInstrument } from "./plan.js";

/** The tables of a client. */
export interface Tables extends FoldTable {
  readonly find: FindInstrument;
  readonly findSeries: FindSeries;
  readonly rated: Rated;
}

/** How calls without a handle are recorded. */
interface Calls {
  readonly record: RecordCall;
  readonly settle: Settle;
  readonly finish: Finish;
  /** The location of a call as the rules of its instrument leave it. */
  changed(location: Location, change: ChangeAttribute): Location;
}

/** Finds the series of a handle. */
type FindBound = () => Series;

/** Makes handles, which find their series once. Calls with options of their own are recorded like all others. */
export function createBind(
  engine: Engine,
  tables: Tables,
  { counts, lose }: CallSteps,
  context: VolumeContext,
  { changed, finish, record, settle }: Calls,
): Bind {
  const { isClosed, platform, settings } = engine;
  const { sampleRate: clientRate = 1 } = settings;
  const { isEnding } = platform;
  const bindGeneral = bindTo(record);
  let defaults: AttributeMap | undefined;
  let client: AttributeMap | undefined;
  let both: AttributeMap = NOTHING;

  /** The active trace, with the attributes of the client but not those around the call. */
  function locateClient(): Location {
    if (context.defaults() !== defaults || context.client() !== client)
      both = withoutRemoved({ ...(defaults = context.defaults()), ...(client = context.client()) });
    return locationOf(context.locate(NOTHING).trace, both);
  }

  function loseAfter(error: unknown, { instrument }: Series): void {
    engine.error("a call could not be recorded", error);
    lose("internal_sdk_error", instrument.name);
  }

  function open(series: Series): TableFold | undefined {
    const { change } = (series.instrument as TableInstrument).plan;
    const location = locateClient();
    return tables.findByRule(series, change ? changed(location, change) : location, finish);
  }

  /** Adds up calls of a counter that is folded by series: nothing around a call is read. */
  function bindSum(find: FindBound, general: RecordBound): RecordBound {
    let series = find();
    const instrument = series.instrument as TableInstrument;
    const { usage } = instrument;
    let folded: TableFold | undefined;

    function add(value: number): void {
      try {
        if (!folded?.isOpen) {
          // There was no room for it: perhaps there is by now.
          if (!series.isCached) series = find();
          folded = open(series);
        }
        if (folded && addToSum(folded, value)) counts.pending++;
        else lose("buffer_overflow", instrument.name);
      } catch (error) {
        loseAfter(error, series);
      }
    }

    return function addBound(value = 1, more) {
      if (more !== undefined || !Number.isFinite(value) || isEnding?.())
        return general(value, more);
      if (isClosed()) return false;
      counts.recorded++;
      usage.calls++;
      // The rest is for the first call of an interval, and for sums that are no finite number.
      if (folded !== undefined && folded.isOpen && addToSum(folded, value)) counts.pending++;
      else add(value);
      return true;
    };
  }

  function bindSeries(find: FindBound, general: RecordBound): RecordBound {
    let series = find();
    const { plan, type } = series.instrument as TableInstrument;
    const isCounter = type === "counter";
    const isFolded = plan.by !== undefined;
    return function recordBound(given, more) {
      const value = given === undefined && isCounter ? 1 : given;
      if (more !== undefined || !Number.isFinite(value)) return general(value, more);
      if (isClosed()) return false;
      counts.recorded++;
      try {
        if (isFolded && !series.isCached) series = find();
        settle(series, value as number, context.locate(NOTHING), undefined, clientRate);
      } catch (error) {
        loseAfter(error, series);
      }
      return true;
    };
  }

  return function bind(type, name, options) {
    const callGeneral = bindGeneral(type, name, options);
    const general: RecordBound = (value, more) => !isClosed() && (callGeneral(value, more), true);
    const instrument = tables.find(type, name, options.unit) as TableInstrument | undefined;
    if (!instrument) return general;
    // Developers are warned of a name or unit as if it was recorded without a handle.
    if (__DEV__) context.lint?.(type, name, options);
    const find = (): Series => tables.findSeries(instrument, options.attributes);
    return instrument.isSum ? bindSum(find, general) : bindSeries(find, general);
  };
}

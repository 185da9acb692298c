import { Empty, Failed, Loading } from "../parts/state.js";
import { FilterFault } from "../trace/filter-fault.js";
import { TraceListCopy } from "../trace/trace-copy.js";
import { TraceFilters } from "../trace/trace-filters.js";
import { useTracePages, type TracePages } from "../trace/trace-pages.js";
import { TraceTable } from "../trace/trace-table.js";
import { change, parameters } from "../url/address.js";

/** All traces of the time range. */
export function Traces() {
  const { since, until, where, metric, type, unit, sort } = parameters.value;
  const pages = useTracePages({ since, until, where, metric, type, unit, sort });
  return (
    <div class="traces">
      <div class="row">
        <h1>Traces</h1>
        <TraceListCopy traces={pages.traces ?? []} />
      </div>
      <TraceFilters />
      {pages.hasNewer && (
        <p role="status">
          <button type="button" onClick={pages.refresh}>
            Show what has arrived since
          </button>
        </p>
      )}
      <Content pages={pages} />
    </div>
  );
}

function Content({ pages }: { pages: TracePages }) {
  const { traces, error, next, readMore, unit, beginning } = pages;
  const { where, metric } = parameters.value;
  if (error && !traces) {
    const text = where.find((each) => error.message.includes(`"${each}"`));
    return error.position !== undefined && text !== undefined ? (
      <FilterFault id="fault" fault={{ text, message: error.message, at: error.position }} />
    ) : (
      <Failed error={error} />
    );
  }
  if (!traces) return <Loading what="traces" />;
  if (traces.length === 0) return <NoTraces isFiltered={where.length > 0 || !!metric} />;
  return (
    <>
      {error && (
        <p class="warn name" role="status">
          Not up to date: {error.message}
        </p>
      )}
      <TraceTable
        traces={traces}
        unit={unit}
        hasMore={next !== undefined}
        beginning={beginning}
        onEnd={readMore}
      />
    </>
  );
}

const NoTraces = ({ isFiltered }: { isFiltered: boolean }) => (
  <Empty title="No traces">
    {isFiltered ? (
      <>
        <p>Nothing in this time range matches the filters.</p>
        <p>
          <button type="button" onClick={() => change({ where: [], metric: undefined })}>
            Remove the filters
          </button>
        </p>
      </>
    ) : (
      <p>
        Nothing with a trace was received in this time range. Choose a longer one above, or let an
        application send its spans: they appear here by themselves.
      </p>
    )}
  </Empty>
);

export function TraceScreen({ id }: { id: string }) {
  return <h1>Trace {id}</h1>;
}

export function MetricScreen({ name }: { name: string }) {
  return <h1>{name}</h1>;
}

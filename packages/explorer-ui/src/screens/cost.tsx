export function Cost() {
  return <h1>Cost</h1>;
}

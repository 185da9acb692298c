export function Lint() {
  return <h1>Lint</h1>;
}

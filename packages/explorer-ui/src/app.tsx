export function App() {
  return <h1>Spanmeter</h1>;
}

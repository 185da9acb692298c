import { CopyText } from "../copy/copy-text.js";

/** Says how to send something while nothing is stored. It makes way by itself when the first metric comes. */
export function FirstRun() {
  const dsn = `http://public@${location.host}/1`;
  const ways = [
    {
      label: "An application that has a Sentry SDK",
      text: `Sentry.init({ dsn: "${dsn}", tracesSampleRate: 1 });`,
    },
    {
      label: "Beside Sentry: the SDK sends to Sentry, and a copy to here",
      text: `Sentry.init({ dsn: "...", tracesSampleRate: 1, spotlight: ${spotlightOption()} });`,
    },
    {
      label: "Spanmeter alone",
      text: `import { init, metrics } from "@spanmeter/node";

init({ dsn: "${dsn}" });
metrics.count("checkout.started", 1, { attributes: { plan: "pro" } });`,
    },
  ];
  return (
    <section class="state" aria-label="How to send the first metric">
      <p role="status">
        <strong>Waiting for the first metric …</strong> This page continues by itself.
      </p>
      {ways.map(({ label, text }) => (
        <div key={label}>
          <h2>{label}</h2>
          <CopyText label={label} text={text} />
        </div>
      ))}
    </section>
  );
}

/** SDKs know Spotlight's port by themselves. */
const spotlightOption = (): string =>
  location.port === "8969" ? "true" : `"${location.origin}/stream"`;

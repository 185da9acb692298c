import * as webVitals from "web-vitals";

// Sets the library as a global, so that tests can subscribe like an application.
Object.assign(globalThis, { webVitals });

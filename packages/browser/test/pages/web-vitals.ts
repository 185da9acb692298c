import * as webVitals from "web-vitals";

// Leaves the real library on the page, where tests subscribe as an application does.
Object.assign(globalThis, { webVitals });

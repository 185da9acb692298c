// The newest major; tests bundle this page with the older ones in its place.
import * as Sentry from "@sentry/browser-11";

Object.assign(globalThis, { Sentry });

// Tests also bundle this page with an alias to older majors.
import * as Sentry from "@sentry/browser-11";

Object.assign(globalThis, { Sentry });

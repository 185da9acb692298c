/** The version every package of this release shares; a test holds it to package.json. */
export const VERSION = "0.1.0";

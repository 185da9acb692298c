/**
 * `false` in the build that bundlers take for production, where every sentence that is there for
 * developers falls away. Set by tsup and vitest.
 */
declare const __DEV__: boolean;

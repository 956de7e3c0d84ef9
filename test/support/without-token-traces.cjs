/**
 * CDKTF records a stack trace for every token, and vitest maps each to the sources, which takes longer than the tests
 * themselves. CDKTF asks for traces without a limit, and nothing else does.
 */
const { captureStackTrace } = Error;

Error.captureStackTrace = (target, below) => {
  if (Error.stackTraceLimit !== Number.MAX_SAFE_INTEGER) captureStackTrace(target, below);
};

/**
 * Names that Lambda reserves. Other names that start with `AWS_` are allowed, such as `AWS_LAMBDA_EXEC_WRAPPER`.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
const reservedNames: ReadonlySet<string> = new Set([
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_DEFAULT_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_LAMBDA_MAX_CONCURRENCY",
  "AWS_LAMBDA_METADATA_API",
  "AWS_LAMBDA_METADATA_TOKEN",
  "AWS_LAMBDA_RUNTIME_API",
  "AWS_REGION",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "LAMBDA_RUNTIME_DIR",
  "LAMBDA_TASK_ROOT",
]);

/** Maximum size of all environment variables of a function together. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const maxVariableBytes = 4096;

/**
 * Why Lambda rejects the name of an environment variable, as "rule; remedy"; `undefined` when it is valid.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Environment.html
 */
export function variableNameProblem(name: string): string | undefined {
  if (reservedNames.has(name)) return "Lambda reserves this variable name; choose another one";
  return /^[a-zA-Z][a-zA-Z0-9_]+$/.test(name)
    ? undefined
    : "a variable name has two or more letters, digits and _ and starts with a letter; use a name such as LOG_LEVEL";
}

/** Size of environment variables in bytes as Lambda measures it: the length of their JSON. */
export function variableBytes(variables: Readonly<Record<string, string>>): number {
  return new TextEncoder().encode(JSON.stringify(variables)).length;
}

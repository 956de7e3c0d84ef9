/**
 * Names that Lambda sets itself. Others that begin with `AWS_` may be set, such as `AWS_LAMBDA_EXEC_WRAPPER`.
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

/** Lambda takes variables up to this size, all together. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const maxVariableBytes = 4096;

/**
 * Why Lambda refuses the name of a variable, as "rule; remedy"; `undefined` when it is legal.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Environment.html
 */
export function variableNameProblem(name: string): string | undefined {
  if (reservedNames.has(name)) return "Lambda sets this variable itself; choose another name";
  return /^[a-zA-Z][a-zA-Z0-9_]+$/.test(name)
    ? undefined
    : "a variable has two or more letters, digits and _ and starts with a letter; write for example LOG_LEVEL";
}

/** Size of variables in bytes, as Lambda measures them: the JSON of them all. */
export function variableBytes(variables: Readonly<Record<string, string>>): number {
  return new TextEncoder().encode(JSON.stringify(variables)).length;
}

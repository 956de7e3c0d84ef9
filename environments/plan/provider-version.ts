import bindings from "@cdktf/provider-aws/package.json";

/** Name of the CDKTF context value that replaces the pinned version of the AWS provider. */
export const contextKey = "awsProviderVersion";

/**
 * The version of the AWS provider that every stack requires: the version that the bindings were generated from, unless
 * the CDKTF context overrides it (for mirrors and tests).
 *
 * @param context `context` from cdktf.json, or from the environment variable CDKTF_CONTEXT_JSON
 * @throws Error when the context value is not an exact version
 */
export function providerVersionIn(context: Readonly<Record<string, unknown>>): string {
  const version = context[contextKey] ?? bindings.cdktf.provider.version;
  if (typeof version !== "string" || !/^\d+\.\d+\.\d+$/.test(version))
    throw new Error(
      `context ${contextKey}: found ${JSON.stringify(version)}; this must be an exact version, because features depend on it; use a version such as "6.25.0"`,
    );
  return version;
}

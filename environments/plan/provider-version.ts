import bindings from "@cdktf/provider-aws/package.json";

/** Name of the CDKTF context value that replaces the pinned version of the AWS provider. */
export const contextKey = "awsProviderVersion";

/**
 * The version of the AWS provider that every stack asks for: the one that the bindings were made from, unless the
 * CDKTF context holds another (for mirrors and tests).
 *
 * @param context `context` of cdktf.json, or else the variable CDKTF_CONTEXT_JSON
 * @throws Error when the context value is not an exact version
 */
export function providerVersionIn(context: Readonly<Record<string, unknown>>): string {
  const version = context[contextKey] ?? bindings.cdktf.provider.version;
  if (typeof version !== "string" || !/^\d+\.\d+\.\d+$/.test(version))
    throw new Error(
      `context ${contextKey}: found ${JSON.stringify(version)}; this must be an exact version, because features depend on it; write for example "6.25.0"`,
    );
  return version;
}

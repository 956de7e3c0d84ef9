/** Where a configuration of the AWS provider creates resources, and the tags that it sets on all of them. */
export interface ProviderPlace {
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The configurations of the AWS provider in a stack, by alias; the default one has the alias `""`. */
export type ProviderPlaces = ReadonlyMap<string, ProviderPlace>;

/** One configuration of the AWS provider in Terraform JSON. */
export interface AwsProvider {
  readonly alias?: string;
  readonly region?: string;
  readonly default_tags?: readonly { readonly tags?: Readonly<Record<string, string>> }[];
}

/** @param region Region of a configuration that names none, which Terraform takes from the environment */
export function providerPlaces(providers: readonly AwsProvider[], region: string): ProviderPlaces {
  return new Map(
    providers.map(({ alias = "", region: own = region, default_tags: [defaults] = [] }) => [
      alias,
      { region: own, tags: defaults?.tags ?? {} },
    ]),
  );
}

/**
 * The place of a resource, according to its `provider` argument. Terraform uses the same configuration for an import block
 * that names none.
 *
 * @param resource its arguments in Terraform JSON
 * @see https://developer.hashicorp.com/terraform/language/meta-arguments/provider
 * @see https://developer.hashicorp.com/terraform/language/block/import
 */
export function placeOf(
  resource: Readonly<Record<string, unknown>> | undefined,
  places: ProviderPlaces,
): ProviderPlace | undefined {
  const provider = resource?.["provider"];
  return places.get(typeof provider === "string" ? provider.split(".").slice(1).join(".") : "");
}

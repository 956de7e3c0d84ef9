import { type RegistryAddress, secretName } from "../../environments/naming";
import type { Environment } from "../../environments/plan/environment";
import { usesCredentials } from "../../environments/plan/pull-through-caches";
import { renderPath } from "../../environments/schema/problem";
import { CommandError } from "../runner/command";
import type { Stack } from "../runner/stack";

/** A secret that caches read their credentials from. */
interface Credentials {
  readonly environment: Environment;
  /** Name of the secret in the environment file. */
  readonly secret: string;
  /** Name of the first cache that reads it. */
  readonly cache: string;
}

/**
 * Require that the credentials of pull-through caches have a value before the registry is deployed: ECR reads them when
 * it creates the rule of a cache, and refuses the rule without them. Terraform creates secrets without a value, so this
 * is so at every first deployment.
 *
 * @param pending the stacks that this run still deploys. A secret may be missing while its security layer is among them.
 * @throws CommandError that names each cache without credentials, and the command that sets them
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreatePullThroughCacheRule.html
 */
export async function requireCacheCredentials(
  pending: readonly Stack[],
  environments: readonly Environment[],
): Promise<void> {
  for (const registry of pending)
    if (registry.layer === "registry") await requireCredentials(registry, pending, environments);
}

async function requireCredentials(
  registry: Stack,
  pending: readonly Stack[],
  environments: readonly Environment[],
): Promise<void> {
  const { accountId } = registry.environment;
  const needed = credentialsOf({ accountId, region: registry.region }, environments);
  if (needed.length === 0) return;
  const { SecretStore } = await import("./secret-store.js");
  const missing: Credentials[] = [];
  for (const one of needed) {
    const { environment, secret } = one;
    const store = await SecretStore.asTerraform(environment);
    const hasValue = await store.hasValue(secretName(environment, secret, { pullThroughCache: true }));
    const isCreated = pending.some(
      (stack) => stack.layer === "security" && stack.environment.name === environment.name,
    );
    if (hasValue === false || (hasValue === undefined && !isCreated)) missing.push(one);
  }
  if (missing.length > 0) throw new CommandError(missing.map((one) => advice(one, registry)).join("\n"));
}

/** The secrets of every environment that shares a registry, each once. */
function credentialsOf(
  { accountId, region }: RegistryAddress,
  environments: readonly Environment[],
): Credentials[] {
  return environments
    .filter((one) => one.accountId === accountId && one.region === region && usesCredentials(one))
    .flatMap((environment) => {
      const bySecret = new Map<string, Credentials>();
      for (const [cache, { credentials: secret }] of Object.entries(environment.ecr.pullThroughCache))
        if (secret !== undefined && !bySecret.has(secret))
          bySecret.set(secret, { environment, secret, cache });
      return [...bySecret.values()];
    });
}

function advice({ environment, secret, cache }: Credentials, { stack }: Stack): string {
  const path = renderPath(["ecr", "pullThroughCache", cache, "credentials"]);
  return [
    `${environment.file}: ${path}: found ${JSON.stringify(secret)}; this secret has no value yet, and ECR reads it when it creates the cache, so ${stack} was not deployed.`,
    `Set it, and run this command again: npm run --silent secrets -- set --env ${environment.name} ${secret} < credentials.json`,
  ].join("\n");
}

import { tagMayMove } from "../../modules/ecr/repository/tag-mutability";
import type { UncheckedEnvironment } from "../options/environment";
import { type ProductionRuleName, productionRuleNames } from "../options/exceptions";
import type { UncheckedRepository } from "../options/repository";
import { uncheckedConsumers } from "../plan/consumers";
import { looksLikeUrl } from "../plan/other-registries";
import { cachedImage } from "../plan/pull-through-caches";
import type { RuleContext } from "../schema/rule";
import { entriesIn } from "../schema/unchecked";
import { openStatements } from "./open-statements";
import { cachesOf, creationTemplatesOf, publicRepositoriesOf, repositoriesOf } from "./sections";

/** The tag mutability options of a repository or a cache. */
type TagOptions = Pick<UncheckedRepository, "imageTagMutability" | "imageTagMutabilityExclusionFilters">;

/** One violation of a production rule. */
interface Violation {
  readonly rule: ProductionRuleName;
  /** Short name of the repository or cache; `undefined` for the environment as a whole. */
  readonly repository?: string;
  readonly path: readonly PropertyKey[];
  readonly found: unknown;
  /** Whether the value has another problem, which is reported instead. @default false */
  readonly isUnclear?: boolean;
  readonly advice: string;
}

/** Reports violations of production rules without an exception, and exceptions without a violation. */
export function productionRules(environment: UncheckedEnvironment, { problem }: RuleContext): void {
  const exceptions = Array.isArray(environment.productionExceptions) ? environment.productionExceptions : [];
  const violations = environment.tier === "production" ? violationsOf(environment) : [];
  const covers = (exception: (typeof exceptions)[number], violation: Violation) =>
    exception?.rule === violation.rule &&
    (exception.repository === undefined || exception.repository === violation.repository);

  for (const violation of violations)
    if (!violation.isUnclear && !exceptions.some((exception) => covers(exception, violation)))
      problem(
        violation.path,
        violation.found,
        `${violation.advice}, or state the reason in productionExceptions with rule: "${violation.rule}"`,
      );
  exceptions.forEach((exception, index) => {
    const same = exceptions.findIndex(
      (other) =>
        exception?.rule !== undefined &&
        other?.rule === exception.rule &&
        other.repository === exception.repository,
    );
    if (same >= 0 && same < index)
      problem(
        ["productionExceptions", index],
        exception,
        `productionExceptions[${same}] already contains this exception; remove one of the two`,
      );
    const known = productionRuleNames.some((name) => name === exception?.rule);
    const hasValidTier = environment.tier === "production" || environment.tier === "development";
    if (known && hasValidTier && !violations.some((violation) => covers(exception, violation)))
      problem(
        ["productionExceptions", index],
        exception,
        environment.tier === "production"
          ? "nothing violates this rule; remove the exception"
          : "production rules do not apply in this tier; remove the exception",
      );
  });
}

function violationsOf(environment: UncheckedEnvironment): Violation[] {
  const { ecr, deletionProtection, network } = environment;
  const violations = repositoriesOf(environment).flatMap(([name, repository]) => [
    ...repositoryViolations(name, repository),
    ...openStatements(environment, name, repository),
  ]);
  for (const [name, { imageTagMutability }] of cachesOf(environment))
    violations.push(...mutableTags(name, ["ecr", "pullThroughCache", name], imageTagMutability));
  for (const [prefix, { imageTagMutability }] of creationTemplatesOf(environment))
    violations.push(...mutableTags(prefix, ["ecr", "creationTemplates", prefix], imageTagMutability));
  violations.push(
    ...mutableImageTags(environment),
    ...unrecoverableSecrets(environment),
    ...execOn(environment),
  );
  for (const [name, { forceDelete }] of publicRepositoriesOf(environment))
    if (forceDelete === true)
      violations.push({
        rule: "no-force-delete",
        repository: name,
        path: ["ecr", "publicRepositories", name, "forceDelete"],
        found: forceDelete,
        advice: deletesImages,
      });
  if (ecr?.encryptionType === "AES256")
    violations.push({
      rule: "customer-managed-kms",
      path: ["ecr", "encryptionType"],
      found: ecr.encryptionType,
      advice: 'production images must be encrypted with a customer managed key; set encryptionType: "KMS"',
    });
  if (deletionProtection === false)
    violations.push({
      rule: "deletion-protection",
      path: ["deletionProtection"],
      found: deletionProtection,
      advice:
        "production keys and repositories must be protected from deletion; remove deletionProtection: false",
    });
  if (network?.kind === "own" && network.natGateways === "single")
    violations.push({
      rule: "nat-per-zone",
      path: ["network", "natGateways"],
      found: network.natGateways,
      advice:
        'production must keep internet access when an Availability Zone fails; set natGateways: "one-per-zone" or "none"',
    });
  return violations;
}

function execOn({ ecs }: UncheckedEnvironment): Violation[] {
  return entriesIn(ecs?.services).flatMap(([name, { exec }]) =>
    exec === true
      ? [
          {
            rule: "no-exec" as const,
            path: ["ecs", "services", name, "exec"],
            found: exec,
            advice: "in production, no one runs commands in containers; remove exec",
          },
        ]
      : [],
  );
}

const deletesImages = "production images must not be deleted with their repository; remove forceDelete";

function repositoryViolations(name: string, repository: UncheckedRepository): Violation[] {
  const violations: Violation[] = [];
  const add = (rule: ProductionRuleName, option: keyof UncheckedRepository, advice: string) =>
    violations.push({
      rule,
      repository: name,
      path: ["ecr", "repositories", name, option],
      found: repository[option],
      advice,
    });
  violations.push(...mutableTags(name, ["ecr", "repositories", name], repository.imageTagMutability));
  if (repository.scanOnPush === false)
    add("scanning-on", "scanOnPush", "production images must be scanned; remove scanOnPush: false");
  if (repository.forceDelete === true) add("no-force-delete", "forceDelete", deletesImages);
  return violations;
}

/** A violation if the repository, or the repositories of the cache, have mutable tags. */
function mutableTags(
  repository: string,
  at: readonly PropertyKey[],
  mode: UncheckedRepository["imageTagMutability"],
): Violation[] {
  if (mode !== "MUTABLE" && mode !== "MUTABLE_WITH_EXCLUSION") return [];
  return [
    {
      rule: "immutable-tags",
      repository,
      path: [...at, "imageTagMutability"],
      found: mode,
      advice:
        'production tags must be immutable; set imageTagMutability: "IMMUTABLE" or "IMMUTABLE_WITH_EXCLUSION"',
    },
  ];
}

/** Consumers whose image tag can be overwritten. */
function mutableImageTags(environment: UncheckedEnvironment): Violation[] {
  const repositories = new Map<unknown, TagOptions>(repositoriesOf(environment));
  const caches = new Map<string, TagOptions>(cachesOf(environment));
  return uncheckedConsumers(environment).flatMap(({ path, options: { image } }): Violation[] => {
    const { repository, tag } = image ?? {};
    if (typeof repository !== "string") return [];
    const cache = cachedImage(repository, [...caches.keys()])?.cache;
    if (typeof tag === "string" && looksLikeUrl(repository)) return [tagOfOthers(path, tag)];
    const options = cache === undefined ? repositories.get(repository) : caches.get(cache);
    if (typeof tag !== "string" || options === undefined || !isMutable(tag, options)) return [];
    return [
      {
        rule: "consumers-run-fixed-images",
        repository: cache ?? repository,
        path: [...path, "image", "tag"],
        found: tag,
        advice: `"${cache ?? repository}" allows this tag to be overwritten, and production must run the tested image; use the digest, or make the ${cache === undefined ? "repository" : "cache"}'s tags immutable`,
      },
    ];
  });
}

/** The owner of the repository decides whether its tags can be overwritten. */
const tagOfOthers = (path: readonly PropertyKey[], tag: string): Violation => ({
  rule: "consumers-run-fixed-images",
  path: [...path, "image", "tag"],
  found: tag,
  advice:
    "the owner of this repository can let the tag be overwritten, and production must run the tested image; use the digest",
});

function isMutable(
  tag: string,
  { imageTagMutability: mode, imageTagMutabilityExclusionFilters: filters }: TagOptions,
): boolean {
  const validFilters = Array.isArray(filters) ? filters.filter((filter) => typeof filter === "string") : [];
  return mode !== undefined && tagMayMove(tag, mode, validFilters);
}

/** Secrets that cannot be restored after deletion. */
function unrecoverableSecrets({ security }: UncheckedEnvironment): Violation[] {
  const secrets = security?.secrets;
  if (typeof secrets !== "object" || secrets === null) return [];
  return Object.entries(secrets).flatMap(([name, secret]): Violation[] =>
    secret?.recoveryWindowInDays === 0
      ? [
          {
            rule: "recoverable-secrets",
            path: ["security", "secrets", name, "recoveryWindowInDays"],
            found: 0,
            advice: "a deleted production secret must be recoverable; set 7 to 30 days",
          },
        ]
      : [],
  );
}

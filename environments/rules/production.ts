import { tagMayMove } from "../../modules/ecr/repository/tag-mutability";
import type { UncheckedEnvironment } from "../options/environment";
import { type ProductionRuleName, productionRuleNames } from "../options/exceptions";
import type { UncheckedRepository } from "../options/repository";
import { uncheckedConsumers } from "../plan/consumers";
import { cachedImage } from "../plan/pull-through-caches";
import type { RuleContext } from "../schema/rule";
import { cachesOf, repositoriesOf } from "./sections";

/** What says which tags may move, in a repository or a cache. */
type TagOptions = Pick<UncheckedRepository, "imageTagMutability" | "imageTagMutabilityExclusionFilters">;

/** One way in which an environment breaks a production rule. */
interface Violation {
  readonly rule: ProductionRuleName;
  /** Short name of the repository or cache; `undefined` for the environment as a whole. */
  readonly repository?: string;
  readonly path: readonly PropertyKey[];
  readonly found: unknown;
  readonly advice: string;
}

/** Reports what breaks a production rule without an exception, and exceptions that nothing needs. */
export function productionRules(environment: UncheckedEnvironment, { problem }: RuleContext): void {
  const exceptions = Array.isArray(environment.productionExceptions) ? environment.productionExceptions : [];
  const violations = environment.tier === "production" ? violationsOf(environment) : [];
  const covers = (exception: (typeof exceptions)[number], violation: Violation) =>
    exception?.rule === violation.rule &&
    (exception.repository === undefined || exception.repository === violation.repository);

  for (const violation of violations)
    if (!exceptions.some((exception) => covers(exception, violation)))
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
        `productionExceptions[${same}] sets this rule aside there already; remove one of the two`,
      );
    const known = productionRuleNames.some((name) => name === exception?.rule);
    const tierKnown = environment.tier === "production" || environment.tier === "development";
    if (known && tierKnown && !violations.some((violation) => covers(exception, violation)))
      problem(
        ["productionExceptions", index],
        exception,
        environment.tier === "production"
          ? "nothing breaks this rule there; remove the exception"
          : "the rules for production do not hold here; remove the exception",
      );
  });
}

function violationsOf(environment: UncheckedEnvironment): Violation[] {
  const { ecr, deletionProtection, network } = environment;
  const violations = repositoriesOf(environment).flatMap(([name, repository]) =>
    repositoryViolations(name, repository),
  );
  for (const [name, { imageTagMutability }] of cachesOf(environment))
    violations.push(...movingTags(name, ["ecr", "pullThroughCache", name], imageTagMutability));
  violations.push(...movingImages(environment), ...unrecoverableSecrets(environment));
  if (ecr?.encryptionType === "AES256")
    violations.push({
      rule: "customer-managed-kms",
      path: ["ecr", "encryptionType"],
      found: ecr.encryptionType,
      advice: 'production images are encrypted with a key of your own; write encryptionType: "KMS"',
    });
  if (deletionProtection === false)
    violations.push({
      rule: "deletion-protection",
      path: ["deletionProtection"],
      found: deletionProtection,
      advice: "production keys and repositories are protected from deletion; remove the line",
    });
  if (network?.kind === "own" && network.natGateways === "single")
    violations.push({
      rule: "nat-per-zone",
      path: ["network", "natGateways"],
      found: network.natGateways,
      advice:
        'production keeps its internet access when a zone fails; write natGateways: "one-per-zone" or "none"',
    });
  return violations;
}

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
  violations.push(...movingTags(name, ["ecr", "repositories", name], repository.imageTagMutability));
  if (repository.scanOnPush === false)
    add("scanning-on", "scanOnPush", "production images are scanned; remove scanOnPush: false");
  if (repository.forceDelete === true)
    add(
      "no-force-delete",
      "forceDelete",
      "production images are not deleted with their repository; remove it",
    );
  return violations;
}

/** The mode of a repository, or of those of a cache, when it lets tags move. */
function movingTags(
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
        'production tags do not move; write imageTagMutability: "IMMUTABLE" or "IMMUTABLE_WITH_EXCLUSION"',
    },
  ];
}

/** Consumers that name an image by a tag which may be moved to another one. */
function movingImages(environment: UncheckedEnvironment): Violation[] {
  const repositories = new Map<unknown, TagOptions>(repositoriesOf(environment));
  const caches = new Map<string, TagOptions>(cachesOf(environment));
  return uncheckedConsumers(environment).flatMap(({ path, options: { image } }): Violation[] => {
    const { repository, tag } = image ?? {};
    if (typeof repository !== "string") return [];
    const cache = cachedImage(repository, [...caches.keys()])?.cache;
    const options = cache === undefined ? repositories.get(repository) : caches.get(cache);
    if (typeof tag !== "string" || options === undefined || !mayMove(tag, options)) return [];
    return [
      {
        rule: "consumers-run-fixed-images",
        repository: cache ?? repository,
        path: [...path, "image", "tag"],
        found: tag,
        advice: `"${cache ?? repository}" lets this tag move to another image, and production runs what was tested; write the digest, or make the ${cache === undefined ? "repository" : "cache"}'s tags immutable`,
      },
    ];
  });
}

function mayMove(
  tag: string,
  { imageTagMutability: mode, imageTagMutabilityExclusionFilters: filters }: TagOptions,
): boolean {
  const given = Array.isArray(filters) ? filters.filter((filter) => typeof filter === "string") : [];
  return mode !== undefined && tagMayMove(tag, mode, given);
}

/** Secrets that are gone for good the moment they are deleted. */
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
            advice: "a production secret that was deleted by mistake can be restored; write 7 to 30",
          },
        ]
      : [],
  );
}

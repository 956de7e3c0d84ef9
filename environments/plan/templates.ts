import { repositoryArn } from "../../modules/ecr/repository/repository-address";
import type { Environment } from "./environment";
import { type CacheOwner, cachePrefix } from "./pull-through-caches";
import { nameStart } from "./repository-names";

/** The properties of an environment that decide which repositories ECR creates for it. */
export type TemplateOwner = CacheOwner & {
  readonly ecr: { readonly creationTemplates: Readonly<Record<string, unknown>> };
};

/** Whether ECR creates repositories for an environment, which it does with a role. */
export function needsTemplateRole({ ecr }: Pick<Environment, "ecr">): boolean {
  return Object.keys(ecr.pullThroughCache).length + Object.keys(ecr.creationTemplates).length > 0;
}

/** Prefixes of the repositories that ECR creates for an environment, e.g. `myproject-dev-docker-hub` or `ROOT`. */
export function templatePrefixes(environment: TemplateOwner): string[] {
  const { pullThroughCache, creationTemplates } = environment.ecr;
  return [
    ...Object.entries(pullThroughCache).map(([name, options]) => cachePrefix(environment, name, options)),
    ...Object.keys(creationTemplates),
  ];
}

/**
 * ARN patterns of the repositories that the role of repository creation templates may create: all of the environment, so
 * that a new cache needs only the registry stack, and those of other prefixes.
 */
export function templateArns(environment: TemplateOwner): string[] {
  const { accountId, region } = environment;
  const start = nameStart(environment);
  const own = start === undefined ? [] : [repositoryArn({ name: `${start}*`, accountId, region })];
  const foreign = foreignTemplateArns(environment);
  return foreign.some((arn) => arn.endsWith(":repository/*")) ? foreign : [...own, ...foreign];
}

/** ARN patterns of the repositories that ECR creates under other starts than those of the environment's names, sorted. */
export function foreignTemplateArns(environment: TemplateOwner): string[] {
  const { accountId, region } = environment;
  const start = nameStart(environment);
  const foreign = templatePrefixes(environment).filter(
    (prefix) => start === undefined || !prefix.startsWith(start),
  );
  const names = foreign.includes("ROOT") ? ["*"] : foreign.map((prefix) => `${prefix}/*`);
  return [...new Set(names)].toSorted().map((name) => repositoryArn({ name, accountId, region }));
}

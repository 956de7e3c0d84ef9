import { cachePrefix } from "../../plan/pull-through-caches";
import type { RegistryPlan } from "../../plan/registry-plan";
import { type Problem, renderPath } from "../../schema/problem";

/** A prefix that a file gives repositories which ECR creates. */
interface PrefixUse {
  readonly file: string;
  readonly path: readonly PropertyKey[];
  readonly prefix: string;
}

/**
 * Repository creation templates of a prefix that an earlier template or a cache of the registry has: a registry has one for
 * each prefix.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
 */
export function templateConflicts({ environments }: RegistryPlan): Problem[] {
  const owners = new Map<string, PrefixUse>();
  for (const environment of environments)
    for (const [name, options] of Object.entries(environment.ecr.pullThroughCache)) {
      const prefix = cachePrefix(environment, name, options);
      // Two caches with the prefix ROOT are a problem of their own.
      if (!owners.has(prefix))
        owners.set(prefix, { file: environment.file, path: ["ecr", "pullThroughCache", name], prefix });
    }
  return environments.flatMap(({ file, ecr }) =>
    Object.keys(ecr.creationTemplates).flatMap((prefix): Problem[] => {
      const path = ["ecr", "creationTemplates", prefix];
      const owner = owners.get(prefix);
      if (owner === undefined) {
        owners.set(prefix, { file, path, prefix });
        return [];
      }
      return [
        {
          file,
          path,
          found: prefix,
          advice: `a registry has one template for each prefix, and ${renderPath(owner.path)} in ${owner.file} has this one for the same account and Region; remove one of the two, or use a longer prefix`,
        },
      ];
    }),
  );
}

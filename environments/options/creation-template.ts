import type { z } from "zod";
import { object, oneOf } from "../../modules/values/fields";
import { distinct } from "../schema/fields";
import type { Unchecked } from "../schema/unchecked";
import { lifecycleOptions } from "./lifecycle";
import { cannotRename } from "./renamed-from";
import { RepositoryOptions } from "./repository";

/** ECR creates these repositories with the same options as other repositories. */
const { shape: shared } = RepositoryOptions;

/** Options of one repository creation template. */
export const CreationTemplateOptions = object(
  {
    appliedFor: distinct(oneOf(["REPLICATION", "CREATE_ON_PUSH"]), "feature").describe(
      "When ECR creates repositories with the template: `REPLICATION`, when an image is replicated to a repository that does not exist; `CREATE_ON_PUSH`, when one is pushed to it, which requires AWS provider 6.28.0. For pull-through caches, use `pullThroughCache`.",
    ),
    imageTagMutability: shared.imageTagMutability.describe(
      "Whether a tag can be overwritten. The two `_WITH_EXCLUSION` modes require AWS provider 6.10.0.",
    ),
    imageTagMutabilityExclusionFilters: shared.imageTagMutabilityExclusionFilters,
    ...lifecycleOptions,
  },
  cannotRename("creationTemplate"),
).describe(
  "Settings of the repositories that ECR itself creates under one prefix, encrypted and tagged like those of the environment. Changes apply to new repositories only.",
);

export type CreationTemplateOptions = z.output<typeof CreationTemplateOptions>;

/** The options before validation. */
export type UncheckedTemplate = Unchecked<CreationTemplateOptions>;

import {
  currentValue,
  isReplaced,
  isUndeclared,
  type LossContext,
  type LossExplanation,
  lossReasons,
} from "./loss-rule";
import type { ResourceChange } from "./terraform-plan";

/**
 * What happens to a repository and its images.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html encryption is fixed
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteRepository.html images need force
 */
export function explainRepository(change: ResourceChange, { layer }: LossContext): LossExplanation {
  const forced = currentValue(change, "force_delete") === true;
  const images = imagesOf(forced);
  const { meaning, remedies } = isReplaced(change)
    ? replacementOf(change)
    : deletionOf(change, layer === "replicas" ? replicaDeletion : deletion, forced);
  return {
    name: String(currentValue(change, "name")),
    sentences: [...lossReasons(change), meaning, images, ...remedies],
  };
}

/**
 * What happens to a public repository, from which anyone may be pulling.
 *
 * @see https://docs.aws.amazon.com/AmazonECRPublic/latest/APIReference/API_DeleteRepository.html images need force
 */
export function explainPublicRepository(change: ResourceChange): LossExplanation {
  return {
    name: String(currentValue(change, "repository_name")),
    sentences: [
      ...lossReasons(change),
      isReplaced(change)
        ? "A public repository cannot be renamed: Terraform would delete it with all its images and create a new one."
        : "Terraform would delete the public repository, and everyone who pulls from it would fail.",
      imagesOf(currentValue(change, "force_destroy") === true),
      ...(isReplaced(change) || isUndeclared(change)
        ? ["To keep it: restore its entry under its old short name in ecr.publicRepositories."]
        : []),
    ],
  };
}

/** What ECR does with a repository that holds images. */
function imagesOf(forced: boolean): string {
  return forced
    ? "forceDelete is deployed: ECR deletes the repository with the images in it."
    : "forceDelete is not deployed: while it holds images, ECR refuses with RepositoryNotEmptyException, and the deploy fails.";
}

interface Deletion {
  readonly meaning: string;
  /** How to keep what is no longer in the configuration. */
  readonly toKeep: readonly string[];
  readonly toForce: string;
}

const deletion: Deletion = {
  meaning: "Terraform would delete the repository.",
  toKeep: [
    "To keep it: restore its entry under its old short name.",
    "To rename it: add the new short name next to the old one, copy the images, and remove the old one in a later deploy.",
  ],
  toForce: "To delete it with its images: deploy forceDelete: true first.",
};

const replicaDeletion: Deletion = {
  meaning: "Terraform would delete the replica. Its source and the images there stay.",
  toKeep: ["To keep it: restore the destination in replicationDestinations of its source."],
  toForce: "To delete it with its images: deploy forceDelete: true of its source first.",
};

/** A plan with `-destroy` deletes what is still in the configuration: there is no entry to restore. */
const deletionOf = (change: ResourceChange, { meaning, toKeep, toForce }: Deletion, forced: boolean) => ({
  meaning,
  remedies: [...(isUndeclared(change) ? toKeep : []), ...(forced ? [] : [toForce])],
});

const replacement = "Terraform would delete the repository with all its images and create a new one.";

/** What replacing a repository means, and what to do instead. */
function replacementOf({ change }: ResourceChange): { meaning: string; remedies: readonly string[] } {
  const forcedBy = (attribute: string) => change.replace_paths?.some((path) => path.includes(attribute));
  if (forcedBy("name"))
    return {
      meaning: `A repository cannot be renamed: ${replacement}`,
      remedies: [
        "To keep it: keep its old name.",
        "To rename it: add a separate repository with the new name, copy the images, and remove the old one in a later deploy.",
      ],
    };
  if (forcedBy("encryption_type"))
    return {
      meaning: `Encryption is fixed when a repository is created: ${replacement}`,
      remedies: [policiesGo, "To keep it: keep the old ecr.encryptionType.", changeEncryption],
    };
  if (forcedBy("kms_key"))
    return {
      meaning: `The key is fixed when a repository is created: ${replacement}`,
      remedies: [
        policiesGo,
        "To keep it: keep the old key exactly as it is written; an alias or ID of the same key counts as another key.",
        changeEncryption,
      ],
    };
  return { meaning: replacement, remedies: [policiesGo] };
}

const changeEncryption =
  "To change it: copy the images elsewhere, deploy forceDelete: true, deploy this change twice, and copy the images back.";

/** The name stays the same, so the plan does not replace them. */
const policiesGo =
  "ECR deletes its lifecycle policy and repository policy with it, and this deploy does not create them again: deploy once more.";

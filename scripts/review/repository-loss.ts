import { before, type Explanation, reasons, replaced } from "./loss-rule";
import type { ResourceChange } from "./terraform-plan";

/**
 * What becomes of a repository and its images.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html encryption is fixed
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DeleteRepository.html what becomes of images
 */
export function explainRepository(change: ResourceChange): Explanation {
  const images =
    before(change, "force_delete") === true
      ? "forceDelete is deployed: ECR deletes the repository with the images in it."
      : "forceDelete is not deployed: while it holds images, ECR refuses with RepositoryNotEmptyException, and the deploy ends there.";
  const { meaning, waysOut } = replaced(change) ? replacementOf(change) : deletion;
  return {
    name: String(before(change, "name")),
    sentences: [...reasons(change), meaning, images, ...waysOut],
  };
}

const deletion = {
  meaning: "Terraform would delete the repository.",
  waysOut: [
    "To keep it: put its entry back under its old short name.",
    "To rename it: add the new short name beside the old one, copy the images, and take the old one out in a later deploy.",
    "To give it up with its images: deploy forceDelete: true before.",
  ],
};

const anew = "Terraform would delete the repository with all its images and make a new one.";

/** What a replacement of a repository means, and the ways out. */
function replacementOf({ change }: ResourceChange): { meaning: string; waysOut: readonly string[] } {
  const forcedBy = (attribute: string) => change.replace_paths?.some((path) => path.includes(attribute));
  if (forcedBy("name"))
    return {
      meaning: `A repository cannot be renamed: ${anew}`,
      waysOut: [
        "To keep it: keep its old name.",
        "To rename it: add the new name as a repository of its own, copy the images, and take the old one out in a later deploy.",
      ],
    };
  if (forcedBy("encryption_type"))
    return {
      meaning: `Encryption is fixed when a repository is created: ${anew}`,
      waysOut: ["To keep it: keep the old ecr.encryptionType.", encryptedAnew],
    };
  if (forcedBy("kms_key"))
    return {
      meaning: `The key is fixed when a repository is created: ${anew}`,
      waysOut: [
        "To keep it: keep the old key, in the same words; an alias or id of the same key counts as another key.",
        encryptedAnew,
      ],
    };
  return { meaning: anew, waysOut: [] };
}

const encryptedAnew =
  "To change it: copy the images elsewhere, deploy forceDelete: true, deploy this change, and copy the images back.";

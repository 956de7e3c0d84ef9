import { expect, test } from "vitest";
import { renderReview, reviewPlan } from "../../../../scripts/review/plan-review";
import { protectedTypes } from "../../../../scripts/review/protected-types";
import type { ResourceChange } from "../../../../scripts/review/terraform-plan";
import {
  planOf,
  realChange,
  realPlan,
  reviewContext,
  weakeningPlan,
} from "../../../support/review/real-plan";

const review = (...changes: ResourceChange[]) => reviewPlan(planOf(...changes), reviewContext);

/** The warning about the loss of one resource. */
function warningFor(address: string, context = reviewContext): string {
  const lines = renderReview("compute-dev", reviewPlan(planOf(realChange(address)), context)).split("\n");
  return lines.slice(1).join("\n");
}

/** A change with other current values. */
function withCurrentValues(address: string, values: object): ResourceChange {
  const change = realChange(address);
  return {
    ...change,
    change: { ...change.change, before: { ...(change.change.before as object), ...values } },
  };
}

const one = "arn:aws:kms:us-east-1:123456789012:key/0543c23a-d963-4704-92f1-d54b662f67d8";
const two = "arn:aws:kms:us-east-1:123456789012:key/895aee53-f3f8-4919-8c06-1747c5285f8b";
const refused =
  "forceDelete is not deployed: while it holds images, ECR refuses with RepositoryNotEmptyException, and the deploy fails.";
const policiesGo =
  "ECR deletes its lifecycle policy and repository policy with it, and this deploy does not create them again: deploy once more.";
const replacement = "Terraform would delete the repository with all its images and create a new one.";
const changeEncryption =
  "To change it: copy the images elsewhere, deploy forceDelete: true, deploy this change twice, and copy the images back.";

test("a new encryption type replaces the repository", () => {
  expect(warningFor("aws_ecr_repository.type_change")).toBe(
    `WARNING: myproject-dev-type-change (aws_ecr_repository.type_change) would be replaced.
  encryption_configuration[0].encryption_type: "AES256" -> "KMS"
  encryption_configuration[0].kms_key: "" -> "${one}"
  Encryption is fixed when a repository is created: ${replacement}
  ${refused}
  ${policiesGo}
  To keep it: keep the old ecr.encryptionType.
  ${changeEncryption}`,
  );
});

test("repositories with the same explanation share one warning", () => {
  const renamed = withCurrentValues("aws_ecr_repository.type_change", { name: "myproject-dev-other" });

  expect(
    renderReview(
      "compute-dev",
      review(realChange("aws_ecr_repository.type_change"), {
        ...renamed,
        address: "aws_ecr_repository.other",
      }),
    ),
  ).toBe(`Review of compute-dev: 2 to add, 0 to change, 2 to destroy; 2 are replacements.
WARNING: 2 resources would be replaced:
  - myproject-dev-type-change (aws_ecr_repository.type_change)
  - myproject-dev-other (aws_ecr_repository.other)
  encryption_configuration[0].encryption_type: "AES256" -> "KMS"
  encryption_configuration[0].kms_key: "" -> "${one}"
  Encryption is fixed when a repository is created: ${replacement}
  ${refused}
  ${policiesGo}
  To keep it: keep the old ecr.encryptionType.
  ${changeEncryption}`);
});

test("a new key replaces the repository", () => {
  expect(warningFor("aws_ecr_repository.key_change")).toBe(
    `WARNING: myproject-dev-key-change (aws_ecr_repository.key_change) would be replaced.
  encryption_configuration[0].kms_key: "${one}" -> "${two}"
  The key is fixed when a repository is created: ${replacement}
  ${refused}
  ${policiesGo}
  To keep it: keep the old key exactly as it is written; an alias or ID of the same key counts as another key.
  ${changeEncryption}`,
  );
});

test("a new name replaces the repository", () => {
  expect(warningFor("aws_ecr_repository.name_change")).toBe(
    `WARNING: myproject-dev-name-change (aws_ecr_repository.name_change) would be replaced.
  name: "myproject-dev-name-change" -> "myproject-dev-name-changed"
  A repository cannot be renamed: ${replacement}
  ${refused}
  To keep it: keep its old name.
  To rename it: add a separate repository with the new name, copy the images, and remove the old one in a later deploy.`,
  );
});

test("a replacement for another reason names the reason", () => {
  expect(warningFor("aws_ecr_repository.tainted")).toBe(
    `WARNING: myproject-dev-tainted (aws_ecr_repository.tainted) would be replaced.
  Terraform has marked it as tainted. If it is healthy, run terraform untaint 'aws_ecr_repository.tainted' in the stack's folder.
  ${replacement}
  ${refused}
  ${policiesGo}`,
  );
  expect(warningFor("aws_ecr_repository.asked")).toContain("\n  The -replace flag requests it.\n");
});

test("the warning about a removed repository says whether its images are deleted with it", () => {
  const remedies = `
  To keep it: restore its entry under its old short name.
  To rename it: add the new short name next to the old one, copy the images, and remove the old one in a later deploy.`;
  const removed =
    "No longer in the configuration: an entry in the environment file was removed or renamed, or an option that creates this has changed.";

  expect(warningFor("aws_ecr_repository.removed")).toBe(
    `WARNING: myproject-dev-removed (aws_ecr_repository.removed) would be destroyed.
  ${removed}
  Terraform would delete the repository.
  ${refused}${remedies}
  To delete it with its images: deploy forceDelete: true first.`,
  );
  expect(warningFor("aws_ecr_repository.removed_forced")).toBe(
    `WARNING: myproject-dev-removed-forced (aws_ecr_repository.removed_forced) would be destroyed.
  ${removed}
  Terraform would delete the repository.
  forceDelete is deployed: ECR deletes the repository with the images in it.${remedies}`,
  );
});

test("a plan with -destroy says nothing about an entry to restore, because it is still there", () => {
  const { action_reason: _, ...destroyed } = realChange("aws_ecr_repository.removed");

  expect(review(destroyed).losses[0]?.sentences).toEqual([
    "Terraform would delete the repository.",
    refused,
    "To delete it with its images: deploy forceDelete: true first.",
  ]);
});

test("the warning about a replica says that its source stays", () => {
  expect(
    warningFor("aws_ecr_repository.removed", { ...reviewContext, layer: "replicas" }),
  ).toMatchInlineSnapshot(`
    "WARNING: myproject-dev-removed (aws_ecr_repository.removed) would be destroyed.
      No longer in the configuration: an entry in the environment file was removed or renamed, or an option that creates this has changed.
      Terraform would delete the replica. Its source and the images there stay.
      forceDelete is not deployed: while it holds images, ECR refuses with RepositoryNotEmptyException, and the deploy fails.
      To keep it: restore the destination in replicationDestinations of its source.
      To delete it with its images: deploy forceDelete: true of its source first."
  `);
});

test("the warning about a key says that everything encrypted with it becomes unreadable", () => {
  const removed = "No longer in the configuration";

  expect(warningFor("aws_kms_key.removed")).toBe(
    `WARNING: removed (aws_kms_key.removed) would be destroyed.
  ${removed}: an entry in the environment file was removed or renamed, or an option that creates this has changed.
  Everything encrypted with it, such as images, logs and secrets, becomes unreadable immediately.
  KMS deletes the key after 7 days; until then you can cancel the deletion in KMS.`,
  );
  expect(warningFor("aws_kms_key.replaced")).toBe(
    `WARNING: replaced (aws_kms_key.replaced) would be replaced.
  multi_region: false -> true
  Everything encrypted with it, such as images, logs and secrets, becomes unreadable immediately.
  The new key cannot decrypt what the old one encrypted.
  KMS deletes the key after 7 days; until then you can cancel the deletion in KMS.`,
  );
  const [unnamed] = review(
    withCurrentValues("aws_kms_key.removed", { description: "", key_id: "1234" }),
  ).losses;
  expect(unnamed?.name).toBe("1234");
  const [unset] = review(withCurrentValues("aws_kms_key.removed", { deletion_window_in_days: null })).losses;
  expect(unset?.sentences.at(-1)).toContain("after 30 days (the default);");
});

test("the warning about the state bucket differs from that about other buckets", () => {
  const removed =
    "No longer in the configuration: an entry in the environment file was removed or renamed, or an option that creates this has changed.";
  const notEmpty = "While it holds objects, S3 refuses with BucketNotEmpty, and the deploy fails.";

  expect(warningFor("aws_s3_bucket.removed")).toBe(
    `WARNING: myproject-dev-tfstate-123456789012 (aws_s3_bucket.removed) would be destroyed.
  ${removed}
  It holds the state of the environment's stacks, without which Terraform no longer tracks their resources.
  ${notEmpty}`,
  );
  expect(warningFor("aws_s3_bucket.removed", { ...reviewContext, stateBucket: undefined })).toContain(
    `\n  Its objects are deleted with it.\n  ${notEmpty}`,
  );
  const [emptied] = review(withCurrentValues("aws_s3_bucket.removed", { force_destroy: true })).losses;
  expect(emptied?.sentences.at(-1)).toBe(
    "force_destroy is deployed: Terraform deletes all its objects first.",
  );
});

test("a secret can be restored during its recovery window", () => {
  expect(warningFor("aws_secretsmanager_secret.removed")).toContain(
    "\n  Its value can no longer be read. You can restore it for 30 days; then it is deleted permanently.",
  );
  expect(warningFor("aws_secretsmanager_secret.removed_at_once")).toContain(
    "\n  Its value is deleted immediately and cannot be restored.",
  );
});

test("a signing profile that goes signs nothing more", () => {
  const profile = (address: string) => {
    const { change, ...resource } = realChange(address);
    const before = { name: "acme_test_images" };
    return review({ ...resource, type: "aws_signer_signing_profile", change: { ...change, before } })
      .losses[0];
  };

  expect(profile("aws_secretsmanager_secret.removed")).toMatchObject({ name: "acme_test_images" });
  expect(profile("aws_secretsmanager_secret.removed")?.sentences.at(-1)).toBe(
    "AWS Signer cancels it: no one can sign with it again, and AWS deletes it two years later. Signatures that exist stay valid.",
  );
});

test("a public repository that goes is a loss, whether it is destroyed or renamed", () => {
  const withName = (address: string, force_destroy: boolean) => {
    const { change, ...resource } = realChange(address);
    const before = { repository_name: "acme-test-cli", force_destroy };
    const asPublic = { ...resource, type: "aws_ecrpublic_repository", change: { ...change, before } };
    return review(asPublic).losses[0]?.sentences.slice(1);
  };

  expect(withName("aws_ecr_repository.removed", false)).toEqual([
    "Terraform would delete the public repository, and everyone who pulls from it would fail.",
    "forceDelete is not deployed: while it holds images, ECR refuses with RepositoryNotEmptyException, and the deploy fails.",
    "To keep it: restore its entry under its old short name in ecr.publicRepositories.",
  ]);
  expect(withName("aws_ecr_repository.name_change", true)).toContain(
    "A public repository cannot be renamed: Terraform would delete it with all its images and create a new one.",
  );
});

test("all changes are counted, and every protected resource that is destroyed or replaced is a loss", () => {
  const { counts, lifecyclePolicies, losses } = reviewPlan(realPlan, reviewContext);
  const deleted = (realPlan.resource_changes ?? []).filter(
    ({ type, change }) => Object.hasOwn(protectedTypes, type) && change.actions.includes("delete"),
  );

  expect(counts).toEqual({ create: 2, change: 1, replace: 11, destroy: 6 });
  expect(lifecyclePolicies).toBe(2);
  expect(losses.map(({ address }) => address)).toEqual(deleted.map(({ address }) => address));
  expect(losses).toHaveLength(15);
});

test("replaced lifecycle policies are one line and no warning", () => {
  const policies = ["asked", "mutability"].map((name) => realChange(`aws_ecr_lifecycle_policy.${name}`));
  const expected = "This is expected: the AWS provider deletes the old policy and creates the new one.";

  expect(renderReview("compute-dev", review(...policies))).toBe(
    `Review of compute-dev: 2 to add, 0 to change, 2 to destroy; 2 are replacements.\n2 lifecycle policies are replaced. ${expected}`,
  );
  expect(
    renderReview("compute-dev", review(...policies.slice(1), realChange("aws_ecr_repository.mutability"))),
  ).toBe(
    `Review of compute-dev: 1 to add, 1 to change, 1 to destroy; 1 is a replacement.\n1 lifecycle policy is replaced. ${expected}`,
  );
});

test("the numbers are those of Terraform's own summary", () => {
  expect(renderReview("compute-dev", reviewPlan(weakeningPlan, reviewContext)).split("\n")[0]).toBe(
    "Review of compute-dev: 5 to add, 17 to change, 7 to destroy; 2 are replacements.",
  );
});

test("an imported resource is counted as Terraform counts it", () => {
  const created = realChange("aws_ecr_repository.created");
  const imported = { ...created, change: { ...created.change, actions: ["no-op"], importing: { id: "x" } } };

  expect(renderReview("compute-dev", review(imported))).toBe(
    "Review of compute-dev: 1 to import, 0 to add, 0 to change, 0 to destroy.",
  );
});

test("what becomes weaker and what the registry takes away are warnings of one line", () => {
  const repositories = [{ name: "myproject-qa-api", environment: undefined }];
  const lines = renderReview("registry", reviewPlan(weakeningPlan, { ...reviewContext, repositories })).split(
    "\n",
  );

  expect(lines).toContain(
    "WARNING: myproject-qa-api: loses scanning: ENHANCED CONTINUOUS_SCAN -> ENHANCED OFF.",
  );
  expect(lines).toContain(
    "WARNING: Images (aws_kms_key.weaker): deletion_window_in_days: 30 -> 7; less time to cancel a deletion.",
  );
});

test("an unprotected resource is counted and not explained", () => {
  const removed = { ...realChange("aws_ecr_repository.removed"), type: "aws_ecr_repository_policy" };

  const reviewed = review(removed, realChange("aws_ecr_repository.created"));

  expect(reviewed.losses).toEqual([]);
  expect(renderReview("compute-dev", reviewed)).toBe(
    "Review of compute-dev: 1 to add, 0 to change, 1 to destroy.",
  );
});

test("a plan that changes only outputs or only the state says so", () => {
  const output_changes = { url: { actions: ["update"] }, arn: { actions: ["no-op"] } };
  const outputs = reviewPlan({ ...planOf(), output_changes }, reviewContext);
  const state = reviewPlan({ format_version: "1.2" }, reviewContext);

  expect(outputs.outputs).toBe(1);
  expect(renderReview("compute-dev", outputs)).toBe("Review of compute-dev: only outputs change.");
  expect(renderReview("compute-dev", state)).toBe("Review of compute-dev: only the state changes.");
});

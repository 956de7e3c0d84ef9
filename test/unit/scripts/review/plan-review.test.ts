import { expect, test } from "vitest";
import type { RuleContext } from "../../../../scripts/review/loss-rule";
import { renderReview, reviewPlan } from "../../../../scripts/review/plan-review";
import { protectedTypes } from "../../../../scripts/review/protected-types";
import type { ResourceChange } from "../../../../scripts/review/terraform-plan";
import { planOf, realChange, realPlan } from "../../../support/review/real-plan";

const context: RuleContext = { stateBucket: "myproject-dev-tfstate-123456789012" };
const review = (...changes: ResourceChange[]) => reviewPlan(planOf(...changes), context);

/** What the reader is told of the loss of one resource. */
function told(address: string, judged = context): string {
  const lines = renderReview("compute-dev", reviewPlan(planOf(realChange(address)), judged)).split("\n");
  return lines.slice(1).join("\n");
}

/** The same resource with other values before. */
function having(address: string, values: object): ResourceChange {
  const change = realChange(address);
  return {
    ...change,
    change: { ...change.change, before: { ...(change.change.before as object), ...values } },
  };
}

const one = "arn:aws:kms:us-east-1:123456789012:key/0543c23a-d963-4704-92f1-d54b662f67d8";
const two = "arn:aws:kms:us-east-1:123456789012:key/895aee53-f3f8-4919-8c06-1747c5285f8b";
const refused =
  "forceDelete is not deployed: while it holds images, ECR refuses with RepositoryNotEmptyException, and the deploy ends there.";
const anew = "Terraform would delete the repository with all its images and make a new one.";
const encryptedAnew =
  "To change it: copy the images elsewhere, deploy forceDelete: true, deploy this change, and copy the images back.";

test("a new encryption type replaces the repository", () => {
  expect(told("aws_ecr_repository.type_change")).toBe(
    `WARNING: myproject-dev-type-change (aws_ecr_repository.type_change) would be replaced.
  encryption_configuration[0].encryption_type: "AES256" -> "KMS"
  encryption_configuration[0].kms_key: "" -> "${one}"
  Encryption is fixed when a repository is created: ${anew}
  ${refused}
  To keep it: keep the old ecr.encryptionType.
  ${encryptedAnew}`,
  );
});

test("what holds for several repositories is said once", () => {
  const renamed = having("aws_ecr_repository.type_change", { name: "myproject-dev-other" });

  expect(
    renderReview(
      "compute-dev",
      review(realChange("aws_ecr_repository.type_change"), {
        ...renamed,
        address: "aws_ecr_repository.other",
      }),
    ),
  ).toBe(`Review of compute-dev: 2 to replace.
WARNING: 2 resources would be replaced:
  - myproject-dev-type-change (aws_ecr_repository.type_change)
  - myproject-dev-other (aws_ecr_repository.other)
  encryption_configuration[0].encryption_type: "AES256" -> "KMS"
  encryption_configuration[0].kms_key: "" -> "${one}"
  Encryption is fixed when a repository is created: ${anew}
  ${refused}
  To keep it: keep the old ecr.encryptionType.
  ${encryptedAnew}`);
});

test("a new key replaces the repository", () => {
  expect(told("aws_ecr_repository.key_change")).toBe(
    `WARNING: myproject-dev-key-change (aws_ecr_repository.key_change) would be replaced.
  encryption_configuration[0].kms_key: "${one}" -> "${two}"
  The key is fixed when a repository is created: ${anew}
  ${refused}
  To keep it: keep the old key, in the same words; an alias or id of the same key counts as another key.
  ${encryptedAnew}`,
  );
});

test("a new name replaces the repository", () => {
  expect(told("aws_ecr_repository.name_change")).toBe(
    `WARNING: myproject-dev-name-change (aws_ecr_repository.name_change) would be replaced.
  name: "myproject-dev-name-change" -> "myproject-dev-name-changed"
  A repository cannot be renamed: ${anew}
  ${refused}
  To keep it: keep its old name.
  To rename it: add the new name as a repository of its own, copy the images, and take the old one out in a later deploy.`,
  );
});

test("a replacement for another reason says which", () => {
  expect(told("aws_ecr_repository.tainted")).toBe(
    `WARNING: myproject-dev-tainted (aws_ecr_repository.tainted) would be replaced.
  Terraform holds it for damaged (tainted). If it is sound, say so in the stack's folder: terraform untaint 'aws_ecr_repository.tainted'
  ${anew}
  ${refused}`,
  );
  expect(told("aws_ecr_repository.asked")).toContain("\n  The flag -replace asks for it.\n");
});

test("a repository that is taken out is told from one that is given up with its images", () => {
  const ways = `
  To keep it: put its entry back under its old short name.
  To rename it: add the new short name beside the old one, copy the images, and take the old one out in a later deploy.
  To give it up with its images: deploy forceDelete: true before.`;
  const gone =
    "It is no longer in the configuration: its entry was taken out of the environment file, or renamed.";

  expect(told("aws_ecr_repository.removed")).toBe(
    `WARNING: myproject-dev-removed (aws_ecr_repository.removed) would be destroyed.
  ${gone}
  Terraform would delete the repository.
  ${refused}${ways}`,
  );
  expect(told("aws_ecr_repository.removed_forced")).toBe(
    `WARNING: myproject-dev-removed-forced (aws_ecr_repository.removed_forced) would be destroyed.
  ${gone}
  Terraform would delete the repository.
  forceDelete is deployed: ECR deletes the repository with the images in it.${ways}`,
  );
});

test("a key takes the sight of what it encrypted with it", () => {
  const gone = "It is no longer in the configuration";

  expect(told("aws_kms_key.removed")).toBe(
    `WARNING: removed (aws_kms_key.removed) would be destroyed.
  ${gone}: its entry was taken out of the environment file, or renamed.
  Everything that it encrypted, such as images, logs and secrets, becomes unreadable at once.
  KMS deletes the key after 7 days; until then the deletion can be cancelled in KMS.`,
  );
  expect(told("aws_kms_key.replaced")).toBe(
    `WARNING: replaced (aws_kms_key.replaced) would be replaced.
  multi_region: false -> true
  Everything that it encrypted, such as images, logs and secrets, becomes unreadable at once.
  The new key cannot read what the old one encrypted.
  KMS deletes the key after 7 days; until then the deletion can be cancelled in KMS.`,
  );
  const [unnamed] = review(having("aws_kms_key.removed", { description: "", key_id: "1234" })).losses;
  expect(unnamed?.name).toBe("1234");
  const [unset] = review(having("aws_kms_key.removed", { deletion_window_in_days: null })).losses;
  expect(unset?.sentences.at(-1)).toContain("after 30 days");
});

test("the state bucket is told from other buckets", () => {
  const gone =
    "It is no longer in the configuration: its entry was taken out of the environment file, or renamed.";
  const notEmpty = "While it holds objects, S3 refuses with BucketNotEmpty, and the deploy ends there.";

  expect(told("aws_s3_bucket.removed")).toBe(
    `WARNING: myproject-dev-tfstate-123456789012 (aws_s3_bucket.removed) would be destroyed.
  ${gone}
  It holds the state of the environment's stacks, without which Terraform no longer knows what it made.
  ${notEmpty}`,
  );
  expect(told("aws_s3_bucket.removed", { stateBucket: undefined })).toContain(
    `\n  Its objects go with it.\n  ${notEmpty}`,
  );
  const [emptied] = review(having("aws_s3_bucket.removed", { force_destroy: true })).losses;
  expect(emptied?.sentences.at(-1)).toBe("S3 deletes it with everything in it.");
});

test("a secret can be restored as long as its recovery window says", () => {
  expect(told("aws_secretsmanager_secret.removed")).toContain(
    "\n  Its value cannot be read any more; it can be restored for 30 days, then it is gone.",
  );
  expect(told("aws_secretsmanager_secret.removed_at_once")).toContain(
    "\n  Its value is gone at once and cannot be restored.",
  );
});

test("a whole plan is counted, and every protected resource that goes is a loss", () => {
  const { counts, lifecyclePolicies, losses } = reviewPlan(realPlan, context);
  const going = (realPlan.resource_changes ?? []).filter(
    ({ type, change }) => Object.hasOwn(protectedTypes, type) && change.actions.includes("delete"),
  );

  expect(counts).toEqual({ create: 2, change: 1, replace: 9, destroy: 6 });
  expect(lifecyclePolicies).toBe(2);
  expect(losses.map(({ address }) => address)).toEqual(going.map(({ address }) => address));
  expect(losses).toHaveLength(15);
});

test("the known replacement of a lifecycle policy is one line and no warning", () => {
  const policies = ["asked", "mutability"].map((name) => realChange(`aws_ecr_lifecycle_policy.${name}`));
  const expected = "That is expected: the AWS provider deletes a policy and puts the new one.";

  expect(renderReview("compute-dev", review(...policies))).toBe(
    `Review of compute-dev: only lifecycle policies change.\n2 lifecycle policies are replaced. ${expected}`,
  );
  expect(
    renderReview("compute-dev", review(...policies.slice(1), realChange("aws_ecr_repository.mutability"))),
  ).toBe(`Review of compute-dev: 1 to change.\n1 lifecycle policy is replaced. ${expected}`);
});

test("what holds nothing is counted and not explained", () => {
  const removed = { ...realChange("aws_ecr_repository.removed"), type: "aws_ecr_repository_policy" };

  const judged = review(removed, realChange("aws_ecr_repository.created"));

  expect(judged.losses).toEqual([]);
  expect(renderReview("compute-dev", judged)).toBe("Review of compute-dev: 1 to create, 1 to destroy.");
});

test("a plan that changes only outputs or only the state says so", () => {
  const output_changes = { url: { actions: ["update"] }, arn: { actions: ["no-op"] } };
  const outputs = reviewPlan({ ...planOf(), output_changes }, context);
  const state = reviewPlan({ format_version: "1.2" }, context);

  expect(outputs.outputs).toBe(1);
  expect(renderReview("compute-dev", outputs)).toBe("Review of compute-dev: only outputs change.");
  expect(renderReview("compute-dev", state)).toBe("Review of compute-dev: only the state changes.");
});

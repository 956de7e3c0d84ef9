import { expect, test } from "vitest";
import { countsOf, differencesOf } from "../../../../../scripts/adopt/plan/differences";
import { adoptionText } from "../../../../../scripts/adopt/plan-command";
import type { ResourceChange } from "../../../../../scripts/review/terraform-plan";

const change = (type: string, name: string, actions: readonly string[], rest: object = {}): ResourceChange =>
  ({
    ...{ address: `${type}.${name}`, mode: "managed", type },
    change: { actions, before: null, after: null, after_unknown: {}, ...rest },
  }) as ResourceChange;

const tags = (name: string) =>
  change("aws_ecr_repository", name, ["update"], {
    importing: { id: name },
    before: { tags: {}, tags_all: {}, force_delete: null, arn: "x" },
    after: { tags: null, tags_all: { Project: "shop" }, force_delete: false, arn: "x" },
  });

const plan = {
  format_version: "1.2",
  resource_changes: [
    change("aws_ecr_lifecycle_policy", "a", ["no-op"], { importing: { id: "a" } }),
    tags("a"),
    tags("b"),
    change("aws_ecr_lifecycle_policy", "b", ["create"]),
    change("aws_ecr_repository", "c", ["delete", "create"], {
      before: { name: "x" },
      after: { name: "y" },
    }),
  ],
};

test("a plan is counted as Terraform counts it, and each difference is explained once", () => {
  const text = adoptionText({
    ...{ stack: "compute-dev", counts: countsOf(plan), differences: differencesOf(plan) },
    unchangeable: new Map([["aws_ecr_repository.d", ['encryption: "AES256" -> "KMS"']]]),
    ambiguous: new Map([
      ["aws_kms_key.k", ["1", "2"]],
      ["aws_kms_key.l", []],
    ]),
    unknown: [],
  });

  expect(text).toMatchInlineSnapshot(`
    "compute-dev: 3 to import, 2 to add, 2 to change, 1 to destroy
      aws_ecr_repository.a, aws_ecr_repository.b: change tags.Project: null -> "shop"
        to keep the tags as they are, set ignoreTagChanges: true, or adopt with --keep-tags; else every stack tags what it owns, and other tags come from tags of the environment and of the repository
      aws_ecr_repository.a, aws_ecr_repository.b: change force_delete: null -> false
        AWS has no such setting: only the state gets it, and nothing changes in AWS
      aws_ecr_lifecycle_policy.b: create
        AWS has none for the repository; to keep it so, set lifecyclePolicy: "none"
      aws_ecr_repository.c: replace name: "x" -> "y"
        AWS cannot rename a repository: it would be replaced; set its name
      aws_ecr_repository.d: encryption: "AES256" -> "KMS": exists, and would be replaced, so it is not imported; change the option, or declare it as unmanaged
      aws_kms_key.k: AWS has several that fit, so none is imported: 1, 2
    "
  `);
});

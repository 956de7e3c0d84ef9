import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { knownValue } from "../../../../../scripts/adopt/hcl/known-values";
import { readModules } from "../../../../../scripts/adopt/hcl/read-modules";
import { readVariables } from "../../../../../scripts/adopt/hcl/read-variables";
import { moduleRegistry } from "../../../../../scripts/adopt/modules/module-registry";
import { inOrder, type Note, noteLine } from "../../../../../scripts/adopt/note";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "adopt-modules-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function adopt(code: string, variables = "") {
  const [main, values] = [join(folder, "main.tf"), join(folder, "a.tfvars")];
  writeFileSync(main, code);
  writeFileSync(values, variables);
  const notes: Note[] = [];
  const place = { accountId: "111122223333", region: "eu-west-1" };
  const calls = await readModules([main], await readVariables([values]), (name) => knownValue(name, place));
  const { repositories, others } = moduleRegistry(calls, place, notes);
  const all = inOrder([...notes, ...others.map((other): Note => ({ kind: "loss", ...other }))]);
  return {
    repositories: repositories.map(({ place: _, ...one }) => one),
    notes: all.map((note) => noteLine(note).replaceAll(`${folder}/`, "")),
  };
}

test("terraform-aws-modules: one call for each name, with values of variables and locals", async () => {
  const { repositories, notes } = await adopt(
    `
# module "ecr" { not this }
variable "keep" {
  type    = number
  default = 10
  validation {
    condition     = var.keep > 0
    error_message = "} more"
  }
}
locals {
  names  = toset(["api", "web"])
  prefix = "\${var.team}/"
}
module "ecr" {
  source   = "terraform-aws-modules/ecr/aws"
  version  = "~> 2.3"
  for_each = local.names

  repository_name                   = "\${local.prefix}\${each.key}"
  repository_read_access_arns       = ["arn:aws:iam::111122223333:role/pull", "arn:aws:iam::111122223333:root"]
  repository_read_write_access_arns = ["arn:aws:iam::\${data.aws_caller_identity.current.account_id}:role/push"]
  repository_lifecycle_policy = jsonencode({ rules = [{ rulePriority = 1, action = { type = "expire" } }] })
  repository_force_delete = true
  registry_scan_type      = "BASIC"
  tags = { Team = var.team, Keep = tostring(var.keep) }
}
module "vpc" {
  source = "terraform-aws-modules/vpc/aws"
}
`,
    'team = "shop"',
  );

  const [api, web] = repositories;
  expect(api).toEqual({
    name: "shop/api",
    imageTagMutability: "IMMUTABLE",
    exclusionFilters: [],
    encryptionType: "AES256",
    scanOnPush: true,
    tags: { Team: "shop", Keep: "10" },
    lifecyclePolicy: '{"rules":[{"rulePriority":1,"action":{"type":"expire"}}]}',
    forceDelete: true,
    further: {
      pullRoleArns: ["arn:aws:iam::111122223333:role/pull"],
      pushRoleArns: ["arn:aws:iam::111122223333:role/push"],
    },
  });
  expect(web).toEqual({ ...api, name: "shop/web" });
  expect(notes).toMatchInlineSnapshot(`
    [
      "main.tf:21: choice: module.ecr["api"].repository_read_access_arns: found ["arn:aws:iam::111122223333:role/pull","arn:aws:iam::111122223333:root"]; the module writes statements of its own for these; this project writes its own statements for roles. To keep the policy as it is, adopt the state",
      "main.tf:21: loss: module.ecr["api"].repository_read_access_arns: found ["arn:aws:iam::111122223333:role/pull","arn:aws:iam::111122223333:root"]; only roles are taken; declare the others in repositoryPolicyStatements",
      "main.tf:21: choice: module.ecr["web"].repository_read_access_arns: found ["arn:aws:iam::111122223333:role/pull","arn:aws:iam::111122223333:root"]; the module writes statements of its own for these; this project writes its own statements for roles. To keep the policy as it is, adopt the state",
      "main.tf:21: loss: module.ecr["web"].repository_read_access_arns: found ["arn:aws:iam::111122223333:role/pull","arn:aws:iam::111122223333:root"]; only roles are taken; declare the others in repositoryPolicyStatements",
      "main.tf:22: choice: module.ecr["api"].repository_read_write_access_arns: found ["arn:aws:iam::111122223333:role/push"]; the module writes statements of its own for these; this project writes its own statements for roles. To keep the policy as it is, adopt the state",
      "main.tf:22: choice: module.ecr["web"].repository_read_write_access_arns: found ["arn:aws:iam::111122223333:role/push"]; the module writes statements of its own for these; this project writes its own statements for roles. To keep the policy as it is, adopt the state",
      "main.tf:25: loss: module.ecr["api"].registry_scan_type: no option corresponds to it, so it is left out",
      "main.tf:25: loss: module.ecr["web"].registry_scan_type: no option corresponds to it, so it is left out",
    ]
  `);
});

/** Rules of a lifecycle policy in one line each. */
const rulesOf = (text = '{"rules":[]}') =>
  JSON.parse(text).rules.map((rule: Record<string, never> & { selection: Record<string, unknown> }) => {
    const { tagStatus, tagPrefixList, countNumber } = rule.selection;
    const selected = [tagStatus, tagPrefixList, countNumber].flat().filter((one) => one !== undefined);
    return `${rule["rulePriority"]} ${rule["description"]}: ${selected.join(" ")}`;
  });

test("cloudposse: the name is made of labels, and the presets of the module become options", async () => {
  const { repositories, notes } = await adopt(`
module "ecr" {
  source    = "git::https://github.com/cloudposse/terraform-aws-ecr.git?ref=tags/1.0.0"
  namespace = "eg"
  stage     = "Dev"
  name      = "app"
  protected_tags = ["prod"]
  max_image_count = 70
  principals_lambda = ["444455556666"]
}
module "images" {
  source                  = "cloudposse/ecr/aws"
  image_names             = ["a", "b"]
  enable_lifecycle_policy = false
  image_tag_mutability    = "MUTABLE"
}
module "labelled" {
  source  = "cloudposse/ecr/aws"
  context = module.this.context
}
`);

  expect(
    repositories.map(({ name, further, imageTagMutability }) => [name, imageTagMutability, further]),
  ).toEqual([
    [
      "eg-dev-app",
      "IMMUTABLE",
      {
        ...{ enableLambdaPull: true },
        ...{ enableCrossAccountAccess: true, allowedAccountIds: ["444455556666"] },
      },
    ],
    ["a", "MUTABLE", {}],
    ["b", "MUTABLE", {}],
  ]);
  expect(repositories.map(({ lifecyclePolicy }) => rulesOf(lifecyclePolicy))).toEqual([
    [
      "1 Protects images tagged with prefix prod: tagged prod 999999",
      "2 Remove untagged images: untagged 1",
      "3 Rotate images when reach 70 images stored: any 70",
    ],
    [],
    [],
  ]);
  expect(notes).toMatchInlineSnapshot(`
    [
      "main.tf:8: choice: module.ecr.max_image_count: found 70; lifecyclePolicy has the rules that the module writes, so nothing changes; maxImageCount and protectedTags say nearly the same in fewer words",
      "main.tf:17: choice: module.labelled.max_image_count: lifecyclePolicy has the rules that the module writes, so nothing changes; maxImageCount and protectedTags say nearly the same in fewer words",
      "main.tf:17: loss: module.labelled: its repositories have no names here, so nothing of it is adopted",
      "main.tf:19: expression: module.labelled.context: module.this has no value in these files, so this is left out: module.this.context",
      "main.tf:19: loss: module.labelled.context: the name of the repository depends on it, so nothing is adopted; adopt the state",
    ]
  `);
});

test("lgallard: policies are texts, and what has no option is a loss", async () => {
  const { repositories, notes } = await adopt(`
module "ecr" {
  source          = "lgallard/ecr/aws"
  name            = "app"
  encryption_type = "KMS"
  image_scanning_configuration = { scan_on_push = false }
  policy          = <<-EOT
    {"Version": "2012-10-17", "Statement": []}
  EOT
  timeouts = { delete = "20m" }
}
module "other" {
  source = "acme/ecr/aws"
}
module "many" {
  source = "lgallard/ecr/aws"
  count  = var.many
}
`);

  expect(repositories).toMatchObject([
    {
      ...{ name: "app", encryptionType: "KMS", scanOnPush: false, imageTagMutability: "MUTABLE" },
      policy: '{"Version": "2012-10-17", "Statement": []}\n',
    },
  ]);
  expect(notes).toMatchInlineSnapshot(`
    [
      "main.tf:2: loss: module.ecr.kms_key: the module makes a key, whose ARN is in no file: adopt the state, or set ecr.kmsKeyArn",
      "main.tf:10: loss: module.ecr.timeouts: no option corresponds to it, so it is left out",
      "main.tf:12: loss: module.other: its source acme/ecr/aws is no module that is known here, so it is left out; adopt the state",
      "main.tf:17: loss: module.many: its count has no value here, or is not 0 or 1, so it is left out",
    ]
  `);
});

const anyNumber = { countType: "imageCountMoreThan", countNumber: 500 };
const days = { countType: "sinceImagePushed", countUnit: "days" };

test("cloudposse: rules of the caller, wildcards and settings make the policy that the module writes", async () => {
  const { repositories, notes } = await adopt(
    `
module "custom" {
  source = "cloudposse/ecr/aws"
  name   = "custom"
  image_tag_mutability                  = "IMMUTABLE_WITH_EXCLUSION"
  image_tag_mutability_exclusion_filter = [{ filter = "latest*", filter_type = "WILDCARD" }]
  protected_tags            = ["v", "*.*.*"]
  protected_tags_keep_count = 9
  custom_lifecycle_rules = [{
    description = "Untagged for 30 days"
    selection = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 30, tagPrefixList = null }
    action    = { type = "expire" }
  }]
}
module "own" {
  source = "cloudposse/ecr/aws"
  name   = "own"
  default_lifecycle_rules_settings = { untagged_image_rule = { enabled = false } }
}
module "unknown" {
  source          = "cloudposse/ecr/aws"
  name            = "unknown"
  max_image_count = var.count
}
`,
  );
  const rules = repositories.map(({ lifecyclePolicy }) => JSON.parse(lifecyclePolicy ?? "{}").rules);

  expect(repositories[0]?.exclusionFilters).toEqual(["latest*"]);
  const action = { type: "expire" };
  expect(rules[0]).toEqual([
    {
      ...{ rulePriority: 1, description: "Protects images tagged with wildcard *.*.*", action },
      selection: { ...anyNumber, tagStatus: "tagged", tagPatternList: ["*.*.*"], countNumber: 9 },
    },
    {
      ...{ rulePriority: 2, description: "Protects images tagged with prefix v", action },
      selection: { ...anyNumber, tagStatus: "tagged", tagPrefixList: ["v"], countNumber: 9 },
    },
    {
      ...{ rulePriority: 3, description: "Untagged for 30 days", action },
      selection: { ...days, tagStatus: "untagged", countNumber: 30 },
    },
    {
      ...{ rulePriority: 4, description: "Rotate images when reach 500 images stored", action },
      selection: { ...anyNumber, tagStatus: "any" },
    },
  ]);
  expect(rules[1]).toEqual([{ ...rules[0][3], rulePriority: 1 }]);
  expect(rules[2]).toBeUndefined();
  expect(notes.filter((note) => !note.includes(": choice: "))).toEqual([
    "main.tf:23: expression: module.unknown.max_image_count: var.count has no value in these files, so this is left out: var.count",
  ]);
});

test("lgallard: templates and variables of the lifecycle make the policy that the module writes", async () => {
  const { repositories, notes } = await adopt(`
module "template" {
  source = "lgallard/ecr/aws"
  name   = "template"
  lifecycle_policy_template = "development"
}
module "variables" {
  source = "lgallard/ecr/aws"
  name   = "variables"
  lifecycle_keep_latest_n_images     = 50
  lifecycle_expire_tagged_after_days = 90
}
module "manual" {
  source = "lgallard/ecr/aws"
  name   = "manual"
  lifecycle_policy          = "{}"
  lifecycle_policy_template = "production"
}
module "unknown" {
  source = "lgallard/ecr/aws"
  name   = "unknown"
  lifecycle_keep_latest_n_images     = 50
  lifecycle_expire_tagged_after_days = var.days
}
`);
  const [template, variables, manual, none] = repositories.map(({ lifecyclePolicy }) => lifecyclePolicy);
  const action = { type: "expire" };

  expect(JSON.parse(template ?? "").rules).toEqual([
    {
      ...{ rulePriority: 1, description: "Expire untagged images after 7 days", action },
      selection: { ...days, tagStatus: "untagged", countNumber: 7 },
    },
    {
      ...{ rulePriority: 2, description: "Keep only 50 images with prefixes: dev, feature", action },
      selection: { ...anyNumber, tagStatus: "tagged", tagPrefixList: ["dev", "feature"], countNumber: 50 },
    },
  ]);
  expect(JSON.parse(variables ?? "").rules).toEqual([
    {
      ...{ rulePriority: 2, description: "Keep only 50 latest images", action },
      selection: { ...anyNumber, tagStatus: "any", countNumber: 50 },
    },
    {
      ...{ rulePriority: 3, description: "Expire tagged images after 90 days", action },
      selection: { ...days, tagStatus: "any", countNumber: 90 },
    },
  ]);
  expect([manual, none]).toEqual(["{}", undefined]);
  expect(notes).toEqual([
    "main.tf:23: expression: module.unknown.lifecycle_expire_tagged_after_days: var.days has no value in these files, so this is left out: var.days",
  ]);
});

test("data sources have the values of the account and Region, unless they use another provider", async () => {
  const { repositories } = await adopt(`
data "aws_caller_identity" "me" {}
data "aws_region" "far" {
  provider = aws.far
}
module "ecr" {
  source = "lgallard/ecr/aws"
  name   = "a"
  tags = {
    Account = data.aws_caller_identity.me.account_id
    Here    = "\${data.aws_partition.current.partition} \${data.aws_region.current.name}"
    Far     = data.aws_region.far.name
  }
}
`);

  expect(repositories[0]?.tags).toEqual({ Account: "111122223333", Here: "aws eu-west-1" });
});

test("a call in another Region is left out, and one with another provider is a choice", async () => {
  const { repositories, notes } = await adopt(`
module "far" {
  source = "terraform-aws-modules/ecr/aws"
  region = "us-east-1"
  repository_name = "a"
}
module "other" {
  source = "terraform-aws-modules/ecr/aws"
  repository_name = "b"
  providers = { aws = aws.other }
}
`);

  expect(repositories.map(({ name }) => name)).toEqual(["b"]);
  expect(notes).toEqual([
    "main.tf:2: loss: module.far: it is in us-east-1; adopt the files again into an environment of that Region",
    "main.tf:10: choice: module.other.providers: it counts as one of 111122223333 in eu-west-1; if this provider configuration has another account or Region, take it out of the file, and adopt it into another environment",
  ]);
});

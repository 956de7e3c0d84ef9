import { expect, test } from "vitest";
import { guideVariables } from "../../../../../scripts/adopt/guide/variables";
import { evaluateBody } from "../../../../../scripts/adopt/hcl/evaluate";
import { InputReader } from "../../../../../scripts/adopt/hcl/input-reader";
import { parseBody } from "../../../../../scripts/adopt/hcl/syntax";
import { inOrder, type Note, noteLine } from "../../../../../scripts/adopt/note";

const place = { accountId: "111122223333", region: "us-east-1" };

async function adopt(text: string) {
  const notes: Note[] = [];
  const variables = evaluateBody(await parseBody("a.tfvars", text), () => undefined);
  const adopted = guideVariables(new InputReader(variables, "", notes), place, notes);
  return { ...adopted, notes: inOrder(notes).map(noteLine) };
}

/** The options of one repository, and the notes. */
async function repository(text: string) {
  const { ecr, notes } = await adopt(`ecr_repositories = {\n  app = {\n${text}\n  }\n}`);
  return { options: ecr.repositories?.["app"], notes };
}

test("every option and variable of the guide has its twin", async () => {
  const { identity, tags, ecr, notes } = await adopt(`
project_name = "shop"
environment  = "prod"
aws_region   = "us-east-1"
tags         = { Team = "web" }
ecr_repositories = {
  "web-app" = {
    image_tag_mutability = "IMMUTABLE"
    scan_on_push = true
    enable_enhanced_scanning = true
    scan_frequency = "CONTINUOUS_SCAN"
    max_image_count = "100"
    enable_cross_account_access = true
    allowed_account_ids = ["123456789012", "210987654321"]
    enable_lambda_pull = true
    enable_replication = true
    replication_destinations = [{ region = "us-west-2", registry_id = "111122223333" }, { region = "eu-west-1", registry_id = "444455556666" }]
  }
}
ecr_encryption_type = "KMS"
ecr_enable_scan_findings_logging = true
ecr_log_retention_days = 90
`);

  expect(notes).toEqual([]);
  expect(identity).toEqual({ project: "shop", name: "prod", region: "us-east-1", accountId: undefined });
  expect(tags).toEqual({ Team: "web" });
  expect(ecr).toEqual({
    encryptionType: "KMS",
    enableScanFindingsLogging: true,
    logRetentionDays: 90,
    repositories: {
      "web-app": {
        imageTagMutability: "IMMUTABLE",
        scanOnPush: true,
        enableEnhancedScanning: true,
        scanFrequency: "CONTINUOUS_SCAN",
        maxImageCount: 100,
        enableCrossAccountAccess: true,
        allowedAccountIds: ["123456789012", "210987654321"],
        enableLambdaPull: true,
        enableReplication: true,
        replicationDestinations: [
          { region: "us-west-2" },
          { region: "eu-west-1", registryId: "444455556666" },
        ],
      },
    },
  });
});

test("placeholders are left out", async () => {
  const { options, notes } = await repository(`enable_replication = true
replication_destinations = [{ region = "us-west-2", registry_id = "YOUR_ACCOUNT_ID" }]
enable_cross_account_access = true
allowed_account_ids = ["<account>", "444455556666"]`);

  expect(options).toMatchObject({
    allowedAccountIds: ["444455556666"],
    replicationDestinations: [{ region: "us-west-2" }],
  });
  expect(notes).toMatchInlineSnapshot(`
    [
      "a.tfvars:4: placeholder: ecr_repositories["app"].replication_destinations[0].registry_id: found "YOUR_ACCOUNT_ID"; no one has filled this in; images are copied within the environment's own account",
      "a.tfvars:6: placeholder: ecr_repositories["app"].allowed_account_ids: found "<account>"; no one has filled this in, so it is left out; put the real value into the new file",
    ]
  `);
});

test("what has no effect is left out, as the guide's module ignores it", async () => {
  const off = await repository(`allowed_account_ids = ["444455556666"]
replication_destinations = [{ region = "us-west-2" }]
lifecycle_policy = "{}"
max_image_count = 5
scan_frequency = "CONTINUOUS_SCAN"`);
  const empty = await repository(`enable_cross_account_access = true
allowed_account_ids = ["111122223333"]
enable_replication = true
replication_destinations = [{ region = "us-east-1" }]
enable_enhanced_scanning = true
scan_on_push = false
scan_frequency = "SCAN_ON_PUSH"`);

  expect(off.options).toEqual({ lifecyclePolicy: "{}" });
  expect(empty.options).toEqual({ enableEnhancedScanning: true, scanFrequency: "SCAN_ON_PUSH" });
  expect([...off.notes, ...empty.notes]).toMatchInlineSnapshot(`
    [
      "a.tfvars:3: contradiction: ecr_repositories["app"].allowed_account_ids: found ["444455556666"]; enable_cross_account_access is not true, so no other account can pull, and the list is left out",
      "a.tfvars:4: contradiction: ecr_repositories["app"].replication_destinations: found [{"region":"us-west-2"}]; enable_replication is not true, so nothing is copied, and the list is left out",
      "a.tfvars:6: contradiction: ecr_repositories["app"].max_image_count: found 5; lifecycle_policy replaces it, so it is left out",
      "a.tfvars:7: contradiction: ecr_repositories["app"].scan_frequency: found "CONTINUOUS_SCAN"; basic scanning is never continuous, so the frequency is left out; for Amazon Inspector, set enableEnhancedScanning: true",
      "a.tfvars:3: contradiction: ecr_repositories["app"].enable_cross_account_access: found true; no other account is named, so it is left out",
      "a.tfvars:4: loss: ecr_repositories["app"].allowed_account_ids: found ["111122223333"]; the repository's own account needs no entry, so it is left out",
      "a.tfvars:5: contradiction: ecr_repositories["app"].enable_replication: found true; there is no destination, so it is left out",
      "a.tfvars:6: contradiction: ecr_repositories["app"].replication_destinations: found [{"region":"us-east-1"}]; a registry cannot replicate to itself, so its own Region is left out",
      "a.tfvars:8: contradiction: ecr_repositories["app"].scan_on_push: found false; enhanced scanning always scans on push, so this is left out",
    ]
  `);
});

test("values of other types, unknown options and expressions are losses", async () => {
  const { options, notes } = await repository(`max_image_count = "many"
scan_on_push = "yes"
image_tag_mutabilty = "IMMUTABLE"
enable_replication = var.is_prod
force_delete = true`);

  expect(options).toEqual({});
  expect(notes).toMatchInlineSnapshot(`
    [
      "a.tfvars:3: loss: ecr_repositories["app"].max_image_count: found "many"; this is not a number, so it is left out",
      "a.tfvars:4: loss: ecr_repositories["app"].scan_on_push: found "yes"; this is not true or false, so it is left out",
      "a.tfvars:5: loss: ecr_repositories["app"].image_tag_mutabilty: this is no option of the guide's repositories, so it is left out",
      "a.tfvars:6: expression: ecr_repositories["app"].enable_replication: var.is_prod has no value in these files, so this is left out: var.is_prod",
      "a.tfvars:7: loss: ecr_repositories["app"].force_delete: the guide has no such option, so it is left out",
    ]
  `);
});

test("one repository with enhanced scanning decides for its registry", async () => {
  const { ecr, notes } = await adopt(`ecr_repositories = {
  a = { enable_enhanced_scanning = true }
  b = {}
  c = { scan_on_push = false }
}
other = 1`);

  expect(ecr.repositories).toEqual({
    a: { enableEnhancedScanning: true },
    b: { enableEnhancedScanning: true },
    c: { scanOnPush: false },
  });
  expect(notes).toMatchInlineSnapshot(`
    [
      "a.tfvars:3: contradiction: ecr_repositories["b"]: other repositories have enhanced scanning, and a registry has one kind, so this one gets it too; Amazon Inspector bills each image. To leave it unscanned, set scanOnPush: false and remove enableEnhancedScanning",
      "a.tfvars:6: loss: other: this is not about container registries, so it is left out",
    ]
  `);
});

test("an entry that is no repository is noted, and of two with one name, the last counts", async () => {
  const { ecr, notes } = await adopt(`ecr_repositories = {
  app = { max_image_count = 1 }
  app = { max_image_count = 2 }
  empty = null
  list = []
}
scan_on_push = true
`);

  expect(ecr.repositories).toEqual({ app: { maxImageCount: 2 } });
  expect(notes).toEqual([
    "a.tfvars:2: contradiction: ecr_repositories: line 3 has the same key, and the last one counts, so this is left out: app",
    'a.tfvars:4: loss: ecr_repositories["empty"]: found null; this is no object, so it is left out',
    'a.tfvars:5: loss: ecr_repositories["list"]: found []; this is no object, so it is left out',
    "a.tfvars:7: loss: scan_on_push: this is an option of one repository, so it is left out; move it into an entry of ecr_repositories",
  ]);
});

test("a list of repositories has no names, and a list of texts has only texts", async () => {
  const { ecr, notes } = await adopt("ecr_repositories = [{ max_image_count = 1 }]");
  const { notes: ofTexts } = await repository(
    'enable_cross_account_access = true\nallowed_account_ids = ["444455556666", null, {}]',
  );

  expect(ecr.repositories).toEqual({});
  expect(notes).toEqual([expect.stringContaining("loss: ecr_repositories: found [") as string]);
  expect(ofTexts).toEqual([
    'a.tfvars:4: loss: ecr_repositories["app"].allowed_account_ids: found null; this is not a text, so it is left out',
    'a.tfvars:4: loss: ecr_repositories["app"].allowed_account_ids: found {}; this is not a text, so it is left out',
  ]);
});

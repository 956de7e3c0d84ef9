import { expect, test } from "vitest";
import { loadProject, type Project } from "../../../../../environments/load";
import { contracts } from "../../../../../scripts/ecr/doctor/contracts";
import { minimal, only } from "../../../../support/environments/minimal";
import { withService } from "../../../../support/environments/one-service";
import { withOwn } from "../../../../support/environments/own-network";

const key = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd";

type States = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

async function found(project: Project, states: States) {
  const [environment] = project.environments;
  if (environment === undefined) throw new Error("no environment");
  return contracts(environment, project, { outputsOf: async ({ stack }) => states[stack] });
}

test("before the first deployment, what is to be deployed first is told first", async () => {
  const project = loadProject(withService({}), {});

  expect(await found(project, {})).toEqual([
    {
      state: "note",
      text: "security-test has no state, and compute-test would read it.",
      advice: "Deploy it before them: npm run deploy -- test --layer security",
    },
    {
      state: "note",
      text: "network-test has no state, and compute-test would read it.",
      advice: "Deploy it before them: npm run deploy -- test --layer network",
    },
  ]);
});

test("an output that is missing or of another kind is a problem, with who reads it and what to deploy", async () => {
  const project = loadProject(withOwn({}, { ecr: { encryptionType: "KMS", repositories: { app: {} } } }), {});

  expect(
    await found(project, { "security-test": { contract_version: 1, logs_kms_key_arn: "alias/logs" } }),
  ).toEqual([
    {
      state: "problem",
      text: `security-test does not have what network-test, compute-test would read: logs_kms_key_arn is "alias/logs"; this must be the ARN of a KMS key, arn:aws:kms:eu-west-1:111122223333:key/<id>; ecr_kms_key_arn is missing; this must be the ARN of a KMS key, arn:aws:kms:eu-west-1:111122223333:key/<id>.`,
      advice: "Deploy it before them: npm run deploy -- test --layer security",
    },
  ]);
  const published = { contract_version: 1, logs_kms_key_arn: key, ecr_kms_key_arn: key };
  expect(await found(project, { "security-test": published })).toEqual([
    { state: "ok", text: "The states have the 2 values that other layers read." },
  ]);
});

test("a layer that was deployed with an older version of its contracts, or with none, is a problem", async () => {
  const project = loadProject(withOwn({}, { ecr: { encryptionType: "KMS", repositories: { app: {} } } }), {});
  const published = { logs_kms_key_arn: key, ecr_kms_key_arn: key };
  const older = (deployed: string) => [
    {
      state: "problem",
      text: `security-test is older than network-test, compute-test: contract_version is ${deployed}; they read version 1 or later.`,
      advice: "Deploy it before them: npm run deploy -- test --layer security",
    },
  ];

  expect(await found(project, { "security-test": published })).toEqual(older("missing"));
  expect(await found(project, { "security-test": { ...published, contract_version: 0 } })).toEqual(
    older("0"),
  );
});

test("an environment whose layers read nothing is fine", async () => {
  const project = loadProject(
    only({ ...minimal, ecr: { encryptionType: "AES256", repositories: { app: {} } } }),
    {},
  );

  expect(await found(project, {})).toEqual([{ state: "ok", text: "No layer reads the state of another." }]);
});

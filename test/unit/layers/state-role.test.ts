import { expect, test } from "vitest";
import { stateReads } from "../../../scripts/runner/state-reads";
import { minimal, only } from "../../support/environments/minimal";
import { synth } from "../../support/synth";

const role = { role_arn: "arn:aws:iam::111122223333:role/deploy", external_id: "a:b", session_name: "ana" };

const stacks = synth(
  only({
    ...minimal,
    deployRole: { arn: role.role_arn, externalId: role.external_id, sessionName: role.session_name },
    state: { backend: "s3", bucket: "acme-tfstate" },
    ecr: {
      repositories: {
        app: { enableReplication: true, replicationDestinations: [{ region: "eu-central-1" }] },
      },
    },
  }),
);

test.each(Object.entries(stacks))("every provider of %s assumes the role", (_, json) => {
  for (const provider of json["provider"].aws) expect(provider.assume_role).toEqual([role]);
});

test.each(Object.entries(stacks))("%s reads and writes every state in S3 with the role", (name, json) => {
  const { s3 } = json["terraform"].backend;
  const read = Object.values<{ config: object }>(json["data"]?.terraform_remote_state ?? {});

  if (!name.startsWith("bootstrap")) expect(s3).toMatchObject({ assume_role: role });
  for (const { config } of read) expect(config).toMatchObject({ assume_role: role });
});

test("readers are found by the state that they read", () => {
  const reads = stateReads(stacks);

  expect(reads.length).toBeGreaterThan(0);
  expect(reads.filter(({ writer }) => writer === undefined)).toEqual([]);
});

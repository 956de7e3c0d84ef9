import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { messageOf } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";

const using: Partial<EnvironmentInput> = {
  security: { signingProfile: true },
  imageGate: { requireSignature: true },
  ecr: {
    repositories: { app: { enableEnhancedScanning: true } },
    unmanagedRepositories: { theirs: { enableEnhancedScanning: true } },
  },
  eks: {
    kubernetesVersion: "1.33",
    nodeGroups: { main: { instanceTypes: ["m5.large"] } },
    deployments: { api: { image: { repository: "app", tag: "v1" }, podIdentity: {} } },
  },
};

const messageIn = (region: string) =>
  messageOf(
    only({
      ...{ ...minimal, region, ...using },
      network: { kind: "own", cidr: "10.0.0.0/16", availabilityZones: [`${region}a`, `${region}b`] },
    }),
  );

test.each(["us-iso-east-1", "us-isob-east-1", "eu-isoe-west-1", "us-isof-south-1"])(
  "%s has no Inspector, Signer and Pod Identity",
  (region) => {
    const found = messageIn(region).split("\n");

    expect(found.filter((line) => line.includes("isolated partitions"))).toEqual([
      expect.stringContaining("ecr.repositories.app.enableEnhancedScanning: found true; isolated partitions"),
      expect.stringContaining("ecr.unmanagedRepositories.theirs.enableEnhancedScanning: found true; "),
      expect.stringContaining(
        "security.signingProfile: found true; isolated partitions do not have AWS Signer",
      ),
      expect.stringContaining('eks.deployments.api.podIdentity: found {"secrets":[]}; isolated partitions'),
    ]);
  },
);

test.each(["eu-west-1", "cn-north-1", "us-gov-west-1"])("%s has them", (region) => {
  expect(messageIn(region)).not.toContain("isolated partitions");
});

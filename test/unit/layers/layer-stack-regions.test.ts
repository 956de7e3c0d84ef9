import { expect, test } from "vitest";
import { loadEnvironments } from "../../../environments/load";
import { minimal, only } from "../../support/environments/minimal";
import { withRepository } from "../../support/environments/one-repository";
import { synth } from "../../support/synth";

const securityIn = (region: string, stateRegion = region) =>
  synth(only({ ...minimal, region, state: { backend: "s3", bucket: "acme-tfstate", region: stateRegion } }), {
    awsProviderVersion: "6.29.0",
  });

test.each(["ap-southeast-6", "sa-west-1", "ap-east-2"])(
  "Terraform does not reject %s, which its oldest supported version does not list",
  (region) => {
    const { "security-test": security, "compute-test": compute } = securityIn(region);

    expect(security?.["provider"].aws[0]).toMatchObject({ region, skip_region_validation: true });
    expect(security?.["terraform"].backend.s3).toMatchObject({ region, skip_region_validation: true });
    expect(compute?.["data"].terraform_remote_state.security.config).toMatchObject({
      skip_region_validation: true,
    });
    expect(security?.["terraform"].required_version).toBe(">= 1.11.0");
  },
);

test("Terraform checks every Region that it lists", () => {
  expect(JSON.stringify(securityIn("us-iso-east-1"))).not.toContain("skip_region_validation");
});

test("a state in the European Sovereign Cloud needs a Terraform that knows its hosts", () => {
  const { "security-test": security, "bootstrap-test": bootstrap } = securityIn("eusc-de-east-1");

  expect(security?.["terraform"].required_version).toBe(">= 1.14.0");
  // Its own state is a local file.
  expect(bootstrap?.["terraform"].required_version).toBe(">= 1.11.0");
});

test("names, hosts and ARNs are of the Region's partition", () => {
  const text = JSON.stringify(
    synth(
      withRepository(
        { enableLambdaPull: true, allowedAccountIds: ["222233334444"], enableCrossAccountAccess: true },
        { region: "eusc-de-east-1" },
      ),
      { awsProviderVersion: "6.29.0" },
    ),
  );

  expect(text).toContain("arn:aws-eusc:iam::222233334444:root");
  expect(text).not.toMatch(/arn:aws:/);
});

test("fails when the provider does not accept the ARNs of a partition", () => {
  const definitions = only({ ...minimal, region: "eusc-de-east-1" });

  expect(() => loadEnvironments(definitions, "6.28.0")).toThrowErrorMatchingInlineSnapshot(
    `[ConfigurationError: environments/test.ts: region: found "eusc-de-east-1"; Regions of the European Sovereign Cloud, whose ARNs older versions reject, require AWS provider 6.29.0, and the configured version is 6.28.0; raise awsProviderVersion]`,
  );
  expect(loadEnvironments(definitions, "6.29.0")).toHaveLength(1);
});

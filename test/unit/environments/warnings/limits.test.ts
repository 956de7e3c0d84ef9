import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import { warningsOf } from "../../../../environments/warnings/warnings";
import { minimal, only } from "../../../support/environments/minimal";

const state = { backend: "s3", bucket: "acme-tfstate" } as const;

const warnings = (change: Partial<EnvironmentInput>) =>
  warningsOf(loadEnvironments(only({ ...minimal, ...change } as EnvironmentInput)));

const pipelines = (count: number): Partial<EnvironmentInput> => ({
  state,
  security: {
    ci: {
      plan: {
        trust: Array.from({ length: count }, (_, index) => ({
          github: "acme/app",
          branch: `release-${index}`,
        })),
      },
    },
  },
});

test("a trust policy that is longer than IAM allows by default is warned of", () => {
  expect(warnings(pipelines(60))).toMatchInlineSnapshot(`
    [
      "environments/test.ts: security.ci.plan.trust: The trust policy of the role has 2866 characters, and IAM allows 2048 unless the account's quota "Role trust policy length" is raised. Use fewer entries, for example with *, or request 8192. [trust-policy-over-default-quota]",
    ]
  `);
  expect(warnings(pipelines(20))).toEqual([]);
});

test.each(["eusc-de-east-1", "us-iso-east-1", "us-isob-east-1", "eu-isoe-west-1", "us-isof-south-1"])(
  "a new bucket in %s is warned of",
  (region) => {
    expect(warnings({ region, state })).toEqual([expect.stringContaining("[bucket-tags-in-partition]")]);
    expect(warnings({ region, state: { ...state, createBucket: false } })).toEqual([]);
    expect(warnings({ region, state: { backend: "local" } })).toEqual([]);
  },
);

test.each(["us-east-1", "us-gov-west-1", "cn-north-1"])("a new bucket in %s needs no warning", (region) => {
  expect(warnings({ region, state })).toEqual([]);
});

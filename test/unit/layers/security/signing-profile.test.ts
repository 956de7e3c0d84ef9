import { expect, test } from "vitest";
import type { EnvironmentInput } from "../../../../environments/options/environment";
import type { Statement } from "../../../../modules/iam/policy-document";
import { messageOf } from "../../../support/environments/load-message";
import { minimal, only } from "../../../support/environments/minimal";
import { type Call, isAllowed } from "../../../support/iam-evaluator";
import { synth } from "../../../support/synth";

const trust = [{ github: "acme/app", branch: "main" }] as const;
const profile = "arn:aws:signer:eu-west-1:111122223333:/signing-profiles/acme_test_images";
const repository = (name: string) => `arn:aws:ecr:eu-west-1:111122223333:repository/acme-test-${name}`;

const having = (imageGate: EnvironmentInput["imageGate"], signingProfile = true) =>
  only({
    ...minimal,
    state: { backend: "s3", bucket: "acme-tfstate" },
    ecr: { repositories: { app: { scanOnPush: false }, tool: { enableEnhancedScanning: true } } },
    security: {
      signingProfile,
      ci: {
        push: {
          app: { repositories: ["app"], trust: [...trust] },
          tool: { repositories: ["tool"], trust: [...trust] },
        },
        plan: { trust: [{ github: "acme/app", pullRequest: true }] },
        deploy: { trust: [{ github: "acme/app", environment: "test" }] },
      },
    },
    ...(imageGate && { imageGate }),
  });
const signed = { repositories: { app: { requireSignature: true } } };
const securityOf = (...given: Parameters<typeof having>) => synth(having(...given))["security-test"] ?? {};

/** Whether the inline policy of a role allows a call. */
function may(json: ReturnType<typeof securityOf>, role: string, action: string, resource: string): boolean {
  const policies = Object.values<{ name: string; policy: { Statement: Statement[] } }>(
    json["resource"]["aws_iam_role_policy"],
  );
  const { Statement = [] } = policies.find(({ name }) => name === `acme-test-ci-${role}`)?.policy ?? {};
  return isAllowed(Statement, { action, resource } as Call);
}

test("the profile is for registries, and its name has no hyphen", () => {
  const { resource, output } = securityOf(signed);

  expect(resource["aws_signer_signing_profile"]).toMatchObject({
    images: { name: "acme_test_images", platform_id: "Notation-OCI-SHA384-ECDSA" },
  });
  expect(output).toMatchObject({
    signing_profile_arn: { value: "${aws_signer_signing_profile.images.arn}" },
    signing_profile_version_arn: { value: "${aws_signer_signing_profile.images.version_arn}" },
  });
});

test("only push roles of repositories that need signatures may sign, and nobody else", () => {
  const json = securityOf(signed);
  const signers = ["push-app", "push-tool", "plan", "deploy"].filter((role) =>
    may(json, role, "signer:SignPayload", profile),
  );

  expect(signers).toEqual(["push-app"]);
  expect(may(json, "push-app", "signer:SignPayload", `${profile}_of_others`)).toBe(false);
});

test("the deploy role manages the profile, the plan role reads it, and neither revokes it", () => {
  const json = securityOf(signed);
  const actions = ["GetSigningProfile", "CancelSigningProfile", "RevokeSigningProfile"];
  const allowed = (role: string) => actions.filter((action) => may(json, role, `signer:${action}`, profile));

  expect(allowed("plan")).toEqual(["GetSigningProfile"]);
  expect(allowed("deploy")).toEqual(["GetSigningProfile", "CancelSigningProfile"]);
  expect(allowed("push-app")).toEqual([]);
});

test("the deploy role creates the profile with the tags of the environment, because the action knows no ARN", () => {
  const { Statement } = securityOf(signed)["resource"]["aws_iam_role_policy"]["ci_deploy"].policy;
  const found = Statement.find(({ Sid }: { Sid: string }) => Sid === "NewSigningProfile");

  expect(found).toEqual({
    ...{ Sid: "NewSigningProfile", Effect: "Allow", Action: ["signer:PutSigningProfile"], Resource: "*" },
    Condition: {
      StringEquals: { "aws:RequestTag/Project": "acme", "aws:RequestTag/Environment": "test" },
    },
  });
});

test("roles may read what the gate needs of their repositories, and no more", () => {
  const json = securityOf({ ...signed, severity: "HIGH" });
  const reads = ["BatchGetImage", "DescribeImageScanFindings", "DescribeImages"];
  const allowed = (role: string, name: string) =>
    reads.filter((action) => may(json, role, `ecr:${action}`, repository(name)));

  expect(allowed("push-app", "app")).toEqual(["BatchGetImage", "DescribeImageScanFindings"]);
  expect(allowed("push-app", "tool")).toEqual([]);
  expect(allowed("push-tool", "tool")).toEqual(["BatchGetImage", "DescribeImageScanFindings"]);
  expect(may(json, "push-tool", "inspector2:ListFindings", "*")).toBe(true);
  expect(may(json, "push-app", "inspector2:ListFindings", "*")).toBe(false);
  expect(allowed("deploy", "app")).toEqual(reads);
});

test("without a gate and a profile, no role may do any of it", () => {
  const json = securityOf(undefined, false);

  expect(json["resource"]["aws_signer_signing_profile"]).toBeUndefined();
  expect(may(json, "push-app", "ecr:DescribeImageScanFindings", repository("app"))).toBe(false);
  expect(may(json, "deploy", "signer:PutSigningProfile", profile)).toBe(false);
});

test("fails when no repository needs signatures", () => {
  expect(messageOf(having({ severity: "HIGH" }))).toMatchInlineSnapshot(
    `"environments/test.ts: security.signingProfile: found true; no role may sign with the profile, because no repository needs signatures; set requireSignature: true in imageGate, or remove signingProfile"`,
  );
});

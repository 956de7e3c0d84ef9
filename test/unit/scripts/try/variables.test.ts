import fc from "fast-check";
import { expect, test } from "vitest";
import { trialVariables } from "../../../../scripts/try/variables";

const account = {
  AWS_ENDPOINT_URL: "http://127.0.0.1:5000",
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "emulated",
  AWS_SECRET_ACCESS_KEY: "emulated",
  AWS_SESSION_TOKEN: "emulated",
};
const provider = { TF_CLI_CONFIG_FILE: "/trial/terraform.rc" };
const variablesOf = (inherited: NodeJS.ProcessEnv) => trialVariables(inherited, account, "/trial", provider);

test("nothing of the user's settings of AWS, Terraform and CDKTF remains", () => {
  const names = fc
    .tuple(
      fc.constantFrom("AWS_", "TF_", "CDKTF_", "MOTO_", "aws_", "Tf_"),
      fc.stringMatching(/^[A-Za-z0-9_]{0,20}$/),
    )
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.dictionary(names, fc.constant("the user's")), (inherited) => {
      const left = Object.entries(variablesOf(inherited)).filter(([, value]) => value === "the user's");
      expect(left).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test("the endpoint is the emulator's, and there is no profile and no other source of credentials", () => {
  const variables = variablesOf({
    PATH: "/bin",
    TERRAFORM_BINARY_NAME: "tofu",
    AWS_PROFILE: "prod",
    AWS_ENDPOINT_URL_ECR: "https://ecr.us-east-1.amazonaws.com",
    AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://169.254.170.2/credentials",
    AWS_WEB_IDENTITY_TOKEN_FILE: "/var/run/token",
    TF_VAR_region: "eu-west-1",
    TF_WORKSPACE: "prod",
    NO_PROXY: "example.com",
    UNSET: undefined,
  });

  expect(variables).toEqual({
    ...account,
    ...provider,
    PATH: "/bin",
    TERRAFORM_BINARY_NAME: "tofu",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/trial/aws-config",
    AWS_SHARED_CREDENTIALS_FILE: "/trial/aws-credentials",
    AWS_PAGER: "",
    CHECKPOINT_DISABLE: "1",
    TMPDIR: "/trial/tmp",
    NO_PROXY: "example.com,127.0.0.1,localhost,::1",
    no_proxy: "example.com,127.0.0.1,localhost,::1",
  });
});

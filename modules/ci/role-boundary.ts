import type { Statement } from "../policy-document";

/**
 * The most that a role made by a pipeline can do, whatever policy it is given: use services, but neither make nor change
 * identities, nor take on roles, nor touch the states of Terraform.
 *
 * @param bucket bucket that holds the states
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function roleBoundary(partition: string, bucket: string): Statement[] {
  const arn = `arn:${partition}:s3:::${bucket}`;
  return [
    { Sid: "UseServices", Effect: "Allow", Action: ["*"], Resource: "*" },
    {
      Sid: "NoIdentities",
      Effect: "Deny",
      Action: [
        "account:*",
        "iam:Add*",
        "iam:Attach*",
        "iam:CreateAccessKey",
        "iam:CreateGroup",
        "iam:CreateInstanceProfile",
        "iam:CreateLoginProfile",
        "iam:CreateOpenIDConnectProvider",
        "iam:CreatePolicy*",
        "iam:CreateRole",
        "iam:CreateSAMLProvider",
        "iam:CreateUser",
        "iam:Delete*",
        "iam:Detach*",
        "iam:Put*",
        "iam:Remove*",
        "iam:Set*",
        "iam:Update*",
        "organizations:*",
        "sts:AssumeRole",
      ],
      Resource: "*",
    },
    { Sid: "NoStates", Effect: "Deny", Action: ["s3:*"], Resource: [arn, `${arn}/*`] },
  ];
}

import { tagCondition } from "../../modules/ci/environment-tags";
import { partitionOf } from "../../modules/iam/aws-partition";
import { allow, type Statement } from "../../modules/iam/policy-document";
import { namePrefix } from "../naming";
import type { PushTargets } from "./ci-roles";
import type { Environment } from "./environment";
import { mustBeSigned } from "./image-gate";

/** Name of the signing profile, e.g. `myproject_prod_images`. AWS Signer allows letters, digits and underscores. */
export function signingProfileName(environment: Pick<Environment, "project" | "name">): string {
  return `${namePrefix(environment).replaceAll("-", "_")}_images`;
}

type ProfileOwner = Pick<Environment, "project" | "name" | "accountId" | "region">;

/**
 * ARN of the signing profile.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssigner.html
 */
export function signingProfileArn(environment: ProfileOwner): string {
  const { accountId, region } = environment;
  return `arn:${partitionOf(region)}:signer:${region}:${accountId}:/signing-profiles/${signingProfileName(environment)}`;
}

/** What a push role needs to sign, if the images of one of its repositories must be signed. */
export function signStatements(
  environment: Environment,
  { repositories }: Pick<PushTargets, "repositories">,
): Statement[] {
  const signs = repositories.some((repository) => mustBeSigned(environment, repository));
  return environment.security.signingProfile && signs
    ? [allow("SignImages", ["signer:SignPayload"], signingProfileArn(environment))]
    : [];
}

/** What reads the profile for a plan, or also manages it. Nothing in an environment without one. */
export function signingProfileStatements(environment: Environment, access: "read" | "write"): Statement[] {
  if (!environment.security.signingProfile) return [];
  const reads = ["signer:GetSigningProfile", "signer:ListTagsForResource"];
  const writes = ["signer:CancelSigningProfile", "signer:TagResource", "signer:UntagResource"];
  const actions = [...reads, ...(access === "write" ? writes : [])].toSorted();
  const { project, name, tagNames } = environment;
  return [
    allow("SigningProfile", actions, signingProfileArn(environment)),
    // IAM supports this action on `*` only.
    ...(access === "write"
      ? [
          allow(
            "NewSigningProfile",
            ["signer:PutSigningProfile"],
            "*",
            tagCondition({ project, environment: name, tagNames }, "Request"),
          ),
        ]
      : []),
  ];
}

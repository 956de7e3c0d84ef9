import type { z } from "zod";
import { object, text } from "../../modules/values/fields";
import { roleArn } from "../schema/fields";

/**
 * A role that Terraform and the commands assume with the credentials of whoever runs them.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const AssumedRole = object({
  arn: roleArn().describe("ARN of the role."),
  externalId: text(
    /^[\w+=,.@:/-]{2,1224}$/,
    "an external ID has 2 to 1224 letters, digits and _+=,.@:/-, without spaces; use the value in the trust policy of the role",
  )
    .optional()
    .meta({
      description:
        "External ID that the trust policy of the role requires. [It is no secret](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html).",
      defaultNote: "none",
    }),
  sessionName: text(
    /^[\w+=,.@-]{2,64}$/,
    "a session name has 2 to 64 letters, digits and _+=,.@-, without spaces; use a name such as ecr-platform",
  )
    .optional()
    .meta({
      description: "Name of the session, which CloudTrail records and trust policies can require.",
      defaultNote: "Terraform and the AWS SDK choose one",
    }),
});

export type AssumedRole = z.output<typeof AssumedRole>;

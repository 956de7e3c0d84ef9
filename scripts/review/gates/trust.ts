import { typeOf } from "../address-type";
import { gained } from "../weaker-attribute";
import { deniedLess, gainRule } from "../weaker-document";
import type { Gate } from "./gate";

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html */
export const trust: Gate = {
  severity: "blocked",
  stops:
    "A trust policy lets more principals assume a role, or under fewer conditions, or an identity provider accepts tokens for more audiences",
  rules: {
    aws_iam_role: [gainRule(["assume_role_policy"]), deniedLess(["assume_role_policy"])],
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
    aws_iam_openid_connect_provider: [gained(["client_id_list"], "it accepts tokens for more audiences")],
  },
  find: ({ access }) =>
    access.filter(({ address, broadens }) => broadens && typeOf(address) === "aws_iam_role"),
};

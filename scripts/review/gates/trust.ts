import { typeOf } from "../address-type";
import { deniedLess, gainRule } from "../weaker-document";
import type { Gate } from "./gate";

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html */
export const trust: Gate = {
  severity: "blocked",
  stops: "A trust policy lets more principals assume a role, or under fewer conditions",
  rules: { aws_iam_role: [gainRule(["assume_role_policy"]), deniedLess(["assume_role_policy"])] },
  find: ({ access }) =>
    access.filter(({ address, broadens }) => broadens && typeOf(address) === "aws_iam_role"),
};

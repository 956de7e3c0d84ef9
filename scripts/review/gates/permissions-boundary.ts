import { changed, removed } from "../weaker-attribute";
import type { Gate } from "./gate";

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html */
export const permissionsBoundary: Gate = {
  severity: "blocked",
  stops: "A role loses its permissions boundary, or gets another one",
  rules: {
    aws_iam_role: [
      removed(["permissions_boundary"], "nothing limits the role's policies"),
      changed(["permissions_boundary"], "another policy limits the role"),
    ],
  },
};

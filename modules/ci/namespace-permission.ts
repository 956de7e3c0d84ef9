import { allow, type Statement } from "../iam/policy-document";
import { tagCondition } from "./environment-tags";
import type { ManagedEnvironment } from "./plan-permission";

/**
 * What Terraform reads of a Cloud Map namespace.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudmap.html
 */
export const namespaceReads = (): Statement[] => [
  allow("ReadNamespaces", ["servicediscovery:GetNamespace", "servicediscovery:List*"], "*"),
];

/** What manages the namespace of an environment, whose ID AWS chooses: it is known by its tags. */
export function namespacePermission(managed: ManagedEnvironment): Statement[] {
  const { partition, accountId, region } = managed;
  const namespaces = `arn:${partition}:servicediscovery:${region}:${accountId}:namespace/*`;
  return [
    ...namespaceReads(),
    // An operation belongs to no namespace.
    allow("NamespaceOperations", ["servicediscovery:GetOperation"], "*"),
    allow(
      "NewNamespaces",
      ["servicediscovery:CreateHttpNamespace", "servicediscovery:TagResource"],
      "*",
      tagCondition(managed, "Request"),
    ),
    allow(
      "Namespaces",
      ["servicediscovery:DeleteNamespace", "servicediscovery:UpdateHttpNamespace"],
      namespaces,
      tagCondition(managed, "Resource"),
    ),
  ];
}

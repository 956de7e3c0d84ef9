import type { TerraformProvider } from "cdktf";
import type { ResourceStatement } from "../iam/policy-document";
import { problemLine } from "../values/problem-line";
import type { RepositoryGrants } from "./access/repository-grants";
import { composedText } from "./lifecycle/composed-policy";
import type { LifecyclePolicyOptions } from "./lifecycle/lifecycle-presets";
import type { Encryption } from "./repository/encryption";
import { repositoryProblems } from "./repository/repository-problems";
import type { TagMutability } from "./repository/tag-mutability";

export interface EcrModuleProps {
  /** Name in ECR, e.g. `myproject-dev-web-app`. Changing it replaces the repository. */
  readonly name: string;
  /**
   * Account that the stack deploys to. Grants use it to tell its roles from those of other accounts.
   *
   * @default - the account in `allowedAccountIds` of the provider, or the one that Terraform reads from AWS
   */
  readonly accountId?: string;
  /** Region of the repository, e.g. `us-east-1`. @default - the provider's */
  readonly region?: string;
  /**
   * Whether a pushed tag may be overwritten. The modes with exclusion need AWS provider 6.8.0.
   *
   * @default "IMMUTABLE"
   */
  readonly imageTagMutability?: TagMutability;
  /** Tags that the mode does not apply to. @default - none */
  readonly imageTagMutabilityExclusionFilters?: readonly string[];
  /** How images are encrypted. Changing it replaces the repository. @default - AES-256 with a key of Amazon S3 */
  readonly encryption?: Encryption;
  /**
   * The repository's own scan setting. It must match the registry's scanning configuration, which is the one that
   * applies: AWS is deprecating the repository setting, but scanners and consoles still show it.
   *
   * @default true
   */
  readonly scanOnPush?: boolean;
  /**
   * What expires: options, or the JSON of a lifecycle policy, which is written as it is. `none`: there is no policy, and no
   * image expires.
   *
   * @default - the newest 100 images are kept
   */
  readonly lifecyclePolicy?: LifecyclePolicyOptions | string;
  /** What the repository policy grants from the start. Grant methods add to it. @default - nothing */
  readonly grants?: RepositoryGrants;
  /** Statements for the repository policy besides those of grants. @default - none */
  readonly policyStatements?: readonly ResourceStatement[];
  /** Delete the repository even if it contains images. Terraform uses the value of the last apply. @default false */
  readonly forceDelete?: boolean;
  /** Tags, in addition to the default tags of the provider, whose values they replace. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Leave the tags of the repository as they are in AWS, e.g. because something else sets them. Only the creation of the
   * repository sets tags.
   *
   * @default false
   */
  readonly ignoreTagChanges?: boolean;
  /**
   * Whether Terraform refuses to destroy or replace the repository. Where repositories come and go, as in development,
   * pass `false`.
   *
   * @default true
   */
  readonly preventDestroy?: boolean;
  /** Provider of the Region that the repository is in. @default - the provider of the stack */
  readonly provider?: TerraformProvider;
}

/** The properties that a repository is created from, with their defaults, and the lifecycle policy as JSON. */
export type CompleteProps = Required<
  Omit<EcrModuleProps, "accountId" | "region" | "provider" | "grants" | "lifecyclePolicy">
> & { readonly lifecyclePolicy: string };

/**
 * Complete the properties.
 *
 * @param place node of the construct, for messages
 * @throws Error with everything that ECR or Terraform would refuse
 */
export function completeProps(
  {
    name,
    imageTagMutability = "IMMUTABLE",
    imageTagMutabilityExclusionFilters = [],
    encryption = { type: "AES256" },
    scanOnPush = true,
    lifecyclePolicy = {},
    policyStatements = [],
    forceDelete = false,
    tags = {},
    ignoreTagChanges = false,
    preventDestroy = true,
  }: EcrModuleProps,
  place: { readonly path: string },
): CompleteProps {
  const lifecycle =
    typeof lifecyclePolicy === "string" ? { text: lifecyclePolicy } : composedText(lifecyclePolicy);
  const inLifecycle = "problems" in lifecycle ? lifecycle.problems : [];
  const problems = [
    ...repositoryProblems({ name, encryption, imageTagMutability, imageTagMutabilityExclusionFilters }),
    ...inLifecycle.map((one) => ({ ...one, path: ["lifecyclePolicy", ...one.path] })),
  ];
  if ("problems" in lifecycle || problems.length > 0)
    throw new Error(problems.map((problem) => problemLine(place.path, problem)).join("\n"));
  return {
    name,
    imageTagMutability,
    imageTagMutabilityExclusionFilters,
    encryption,
    scanOnPush,
    lifecyclePolicy: lifecycle.text,
    policyStatements,
    forceDelete,
    tags,
    ignoreTagChanges,
    preventDestroy,
  };
}

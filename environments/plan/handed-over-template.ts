import { templatePermission } from "../../modules/ecr/cache/template-permission";
import { repositoryArn } from "../../modules/ecr/repository/repository-address";
import type { Statement } from "../../modules/iam/policy-document";
import type { RegistryAddress } from "../naming";
import type { RepositoryOptions } from "../options/repository";
import type { Environment } from "./environment";
import { replicaPolicyTextOf } from "./lifecycle";
import { registryRequests } from "./registry-requests";

/**
 * Input of `aws ecr create-repository-creation-template`.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepositoryCreationTemplate.html
 */
export interface TemplateInput {
  readonly prefix: "ROOT";
  readonly description: string;
  readonly appliedFor: "REPLICATION"[];
  readonly encryptionConfiguration: {
    readonly encryptionType: Environment["ecr"]["encryptionType"];
    readonly kmsKey?: string;
  };
  readonly customRoleArn?: string;
  readonly imageTagMutability?: RepositoryOptions["imageTagMutability"];
  readonly imageTagMutabilityExclusionFilters?: { filterType: "WILDCARD"; filter: string }[];
  readonly lifecyclePolicy?: string;
}

/** What the owner of a registry in another account needs, so that ECR creates replicas there like their sources. */
export interface HandedOverTemplate {
  readonly template: TemplateInput;
  /** Policies of the role in `customRoleArn`. @default - the template needs no role */
  readonly templateRole?: { readonly trustPolicy: object; readonly permissionsPolicy: object };
  /** Settings that the repositories have differently, so that no template has them, as sentences. */
  readonly notes: readonly string[];
}

/**
 * The repository creation template for the replicas of an environment in another account; `undefined` if none of its own
 * repositories is replicated there. Its prefix is `ROOT`, for every repository without another template: names need not have
 * the slash with which other prefixes end.
 *
 * It has no repository policy and no tags: who may pull there, and how costs are assigned, is for that owner to decide. A
 * setting that the repositories have differently is left out, and ECR uses its default: mutable tags, and no expiry.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html
 */
export function handedOverTemplate(
  environment: Environment,
  address: RegistryAddress,
): HandedOverTemplate | undefined {
  const { project, name, ecr } = environment;
  const replicated = Object.entries(ecr.repositories).filter(([, { replicationDestinations }]) =>
    replicationDestinations.some(
      ({ region, registryId }) => region === address.region && registryId === address.accountId,
    ),
  );
  const [first] = replicated.map(([, options]) => options);
  if (first === undefined) return undefined;
  const kmsKey =
    ecr.encryptionType === "AES256"
      ? undefined
      : `<ARN of a KMS key in account ${address.accountId}, ${address.region}>`;
  const notes: string[] = [];
  const common = (setting: string, of: (options: RepositoryOptions) => unknown): boolean => {
    if (new Set(replicated.map(([, options]) => JSON.stringify(of(options)))).size === 1) return true;
    notes.push(
      `${replicated.map(([shortName]) => shortName).join(", ")} differ in ${setting}, and a template has one: create these repositories before the first push`,
    );
    return false;
  };
  const policy = replicaPolicyTextOf(first);
  const template: TemplateInput = {
    prefix: "ROOT",
    description: `Replicas of ${project} ${name}`,
    appliedFor: ["REPLICATION"],
    encryptionConfiguration: { encryptionType: ecr.encryptionType, ...(kmsKey !== undefined && { kmsKey }) },
    ...(kmsKey !== undefined && {
      customRoleArn: `<ARN of a role in account ${address.accountId} with the policies of templateRole>`,
    }),
    ...(common("tag mutability", mutabilityOf) && mutabilityOf(first)),
    ...(common("their lifecycle policy", replicaPolicyTextOf) &&
      policy !== undefined && { lifecyclePolicy: policy }),
  };
  return {
    template,
    ...(kmsKey !== undefined && { templateRole: roleOf(environment, address, kmsKey) }),
    notes,
  };
}

function mutabilityOf({
  imageTagMutability,
  imageTagMutabilityExclusionFilters: filters,
}: RepositoryOptions): Pick<TemplateInput, "imageTagMutability" | "imageTagMutabilityExclusionFilters"> {
  return {
    imageTagMutability,
    ...(filters.length > 0 && {
      imageTagMutabilityExclusionFilters: filters
        .toSorted()
        .map((filter) => ({ filterType: "WILDCARD" as const, filter })),
    }),
  };
}

/** @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates-create-iam.html */
function roleOf(
  environment: Environment,
  address: RegistryAddress,
  kmsKey: string,
): NonNullable<HandedOverTemplate["templateRole"]> {
  const policy = (...statements: Statement[]) => ({ Version: "2012-10-17", Statement: statements });
  const names = registryRequests(environment)
    .filter(
      ({ isUnmanaged, destinations }) =>
        !isUnmanaged &&
        destinations.some(
          ({ region, registryId }) => region === address.region && registryId === address.accountId,
        ),
    )
    .map(({ name, namePrefix }) => (namePrefix === undefined ? name : `${namePrefix}*`));
  const repositories = [...new Set(names)].toSorted().map((name) => repositoryArn({ ...address, name }));
  return {
    trustPolicy: policy({
      Sid: "Trust",
      Effect: "Allow",
      Principal: { Service: "ecr.amazonaws.com" },
      Action: ["sts:AssumeRole"],
    }),
    permissionsPolicy: policy(...templatePermission(repositories, kmsKey)),
  };
}

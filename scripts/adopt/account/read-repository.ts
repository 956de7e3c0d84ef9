import {
  type ECRClient,
  GetLifecyclePolicyCommand,
  GetRepositoryPolicyCommand,
  ListTagsForResourceCommand,
  type Repository,
} from "@aws-sdk/client-ecr";
import { whenMissing } from "../../ecr/when-missing";
import { defined } from "../environment-input";
import type { FoundRepository } from "../found/found-registry";

/** A repository with its tags and policies, which take a request each. */
export async function readRepository(client: ECRClient, repository: Repository): Promise<FoundRepository> {
  const { repositoryName: name = "", registryId, repositoryArn } = repository;
  const id = { registryId, repositoryName: name };
  const [{ lifecyclePolicyText }, { policyText }, { tags = [] }] = await Promise.all([
    client
      .send(new GetLifecyclePolicyCommand(id))
      .catch(whenMissing("LifecyclePolicyNotFoundException", { lifecyclePolicyText: undefined })),
    client
      .send(new GetRepositoryPolicyCommand(id))
      .catch(whenMissing("RepositoryPolicyNotFoundException", { policyText: undefined })),
    client.send(new ListTagsForResourceCommand({ resourceArn: repositoryArn })),
  ]);
  const { encryptionType = "AES256", kmsKey } = repository.encryptionConfiguration ?? {};
  return defined({
    name,
    imageTagMutability: repository.imageTagMutability ?? "MUTABLE",
    exclusionFilters: (repository.imageTagMutabilityExclusionFilters ?? []).map(({ filter = "" }) => filter),
    encryptionType,
    kmsKey: encryptionType === "AES256" ? undefined : kmsKey,
    scanOnPush: repository.imageScanningConfiguration?.scanOnPush === true,
    // AWS sets the tags that begin with aws: itself.
    tags: Object.fromEntries(
      tags.filter(({ Key = "" }) => !Key.startsWith("aws:")).map(({ Key = "", Value = "" }) => [Key, Value]),
    ),
    lifecyclePolicy: lifecyclePolicyText,
    policy: policyText,
  }) as FoundRepository;
}

import type { AddressedRepository } from "../../../environments/plan/repository-addresses";
import type { RegistryEndpoint } from "../../../modules/ecr/repository/registry-endpoint";
import { repositoryUrl } from "../../../modules/ecr/repository/repository-address";
import { chosenHost } from "./endpoint-option";

/**
 * URL of a repository: at the IPv4 endpoint the same that the stacks publish. For a cache, the path of the image follows.
 *
 * @returns `undefined` for a public repository: AWS chooses the alias of the registry in it
 * @see https://docs.aws.amazon.com/AmazonECR/latest/public/public-registries.html
 */
export function urlOf(repository: AddressedRepository, endpoint: RegistryEndpoint): string | undefined {
  if (repository.kind === "public") return undefined;
  if (endpoint === "ipv4") return repositoryUrl(repository);
  return `${chosenHost(repository, endpoint)}/${repository.name}`;
}

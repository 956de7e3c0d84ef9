import { repositoryNameProblem } from "../../modules/ecr/repository/repository-name";
import { partitionOf, serviceDomain } from "../../modules/iam/aws-partition";
import type { ConsumerKind } from "../options/consumers";
import type { UncheckedEnvironment } from "../options/environment";
import type { UncheckedImage } from "../options/image";
import { type OtherRepository, otherRepository } from "../plan/other-registries";
import type { RuleContext } from "../schema/rule";

/** Rules for an image whose repository is named by a URL. @param url looks like one */
export function otherRegistryRules(
  environment: UncheckedEnvironment,
  kind: ConsumerKind,
  { repository: url, managedBy }: UncheckedImage & { readonly repository: string },
  { problem }: RuleContext,
): void {
  const repository = otherRepository(url);
  const advice =
    repository === undefined
      ? malformed(environment)
      : (repositoryNameProblem(repository.name) ??
        ownAccount(environment, repository) ??
        partition(environment, repository) ??
        functionRegion(environment, kind, repository) ??
        unreachable(environment, repository));
  if (advice !== undefined) problem(["repository"], url, advice);
  // The commands look images up, and wait for their scans, in the registry of the environment.
  if (managedBy === "pipeline")
    problem(
      ["managedBy"],
      managedBy,
      "a pipeline deploys images of ecr.repositories, and this one is in the registry of another account; remove managedBy, or push the image to a repository",
    );
}

function malformed({ region }: UncheckedEnvironment): string {
  const example = typeof region === "string" && region !== "" ? region : "us-east-1";
  return `this is not the URL of a private repository in Amazon ECR; use <account ID>.dkr.ecr.${example}.${serviceDomain(example)}/<name>, and name the image with tag or digest`;
}

/** The policies of the environment allow its own names in its account, so that one team cannot run what another pushes. */
const ownAccount = ({ accountId }: UncheckedEnvironment, { accountId: owner }: OtherRepository) =>
  owner === accountId
    ? "this repository is in the environment's own account, where consumers run images of ecr.repositories only; use the short name of a repository there, and copy the image to it"
    : undefined;

/** Credentials of one partition are not valid in another. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
const partition = ({ region }: UncheckedEnvironment, { region: other }: OtherRepository) =>
  typeof region === "string" && partitionOf(region) !== partitionOf(other)
    ? `${other} is in another partition than ${region}, where roles of this account have no access; copy the image to a repository of ecr.repositories`
    : undefined;

/** https://docs.aws.amazon.com/lambda/latest/dg/images-create.html */
const functionRegion = (
  { region }: UncheckedEnvironment,
  kind: ConsumerKind,
  { region: other }: OtherRepository,
) =>
  kind === "lambda" && region !== other
    ? `Lambda runs images of its own Region only; ask the owner to replicate the repository to ${String(region)}, and use its URL there`
    : undefined;

/** VPC endpoints of ECR reach the registries of their own Region. https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html */
const unreachable = ({ region, network }: UncheckedEnvironment, { region: other }: OtherRepository) =>
  region !== other && network?.kind === "own" && network.natGateways === "none"
    ? `VPC endpoints reach only registries in ${String(region)}, and the network has no NAT gateway; set natGateways: "single" or "one-per-zone", or ask the owner to replicate the repository to ${String(region)}`
    : undefined;

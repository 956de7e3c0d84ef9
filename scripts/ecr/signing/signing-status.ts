import {
  DescribeImageSigningStatusCommand,
  GetSigningConfigurationCommand,
  type ImageSigningStatus,
} from "@aws-sdk/client-ecr";
import { matchesWildcards } from "../../../modules/iam/wildcard";
import type { AccountConnection } from "../account-connection";
import { findImage } from "../image/found-image";
import type { ImageId } from "../image/image-id";
import { type ImageSignature, signaturesOf } from "../images/image-signatures";
import type { RepositoryReader } from "../images/repository-reader";
import { whenMissing } from "../when-missing";

/** A rule of the registry's managed signing. */
export interface ManagedRule {
  readonly profile: string;
  /** Repositories whose pushed images ECR signs; `*` matches any text. Empty for all. */
  readonly filters: readonly string[];
}

/**
 * The managed signing of a registry; empty if it is not configured.
 *
 * @throws CommandError when AWS refuses the request
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetSigningConfiguration.html
 */
export async function managedSigning(account: AccountConnection): Promise<ManagedRule[]> {
  const answer = await account.ask("The signing configuration", () =>
    account
      .ecr()
      .send(new GetSigningConfigurationCommand({}))
      .catch(whenMissing("SigningConfigurationNotFoundException", undefined)),
  );
  return (answer?.signingConfiguration?.rules ?? []).map(
    ({ signingProfileArn = "", repositoryFilters = [] }) => ({
      profile: signingProfileArn,
      filters: repositoryFilters.flatMap(({ filter }) => filter ?? []),
    }),
  );
}

/** Whether ECR signs what is pushed to a repository. */
export const isSignedOnPush = (rules: readonly ManagedRule[], repositoryName: string): boolean =>
  rules.some(
    ({ filters }) =>
      filters.length === 0 || filters.some((filter) => matchesWildcards(filter, repositoryName)),
  );

/** What a registry knows of the signatures of an image. */
export interface SigningStatus {
  /** @default - there is no such image */
  readonly digest: string | undefined;
  readonly signatures: readonly ImageSignature[];
  /** What managed signing did, by profile. */
  readonly managed: readonly ImageSigningStatus[];
}

/**
 * The signatures of an image, and what managed signing did.
 *
 * @throws CommandError when AWS refuses a request
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImageSigningStatus.html
 */
export async function signingStatus(
  reader: RepositoryReader,
  imageId: ImageId["imageId"],
): Promise<SigningStatus> {
  const found = await reader.ask((client) => findImage(client, { ...reader.id, imageId }));
  if (found === undefined) return { digest: undefined, signatures: [], managed: [] };
  const { digest } = found;
  const request = { ...reader.id, imageId: { imageDigest: digest } };
  const { signingStatuses = [] } = await reader.ask((client, options) =>
    client.send(new DescribeImageSigningStatusCommand(request), options),
  );
  return { digest, signatures: await signaturesOf(reader, digest), managed: signingStatuses };
}

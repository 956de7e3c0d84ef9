import {
  type RepositoryAddress,
  repositoryArn,
  repositoryAt,
} from "../../modules/ecr/repository/repository-address";
import type { ConsumerKind } from "../options/consumers";
import type { UncheckedEnvironment } from "../options/environment";
import { type Consumer, type UncheckedConsumerOptions, uncheckedConsumers } from "./consumers";
import type { Environment } from "./environment";

/** A repository in the registry of another account. */
export type OtherRepository = Required<Omit<RepositoryAddress, "partition">>;

/**
 * The repository of another account that `image.repository` names by its URL, e.g.
 * `111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/app`; `undefined` for a short name, and for an image of a cache.
 */
export const otherRepository = (repository: string): OtherRepository | undefined => repositoryAt(repository);

/** Whether a text is meant as a URL of a private repository, however it is written. No short name and no cache looks like this. */
export const looksLikeUrl = (repository: string): boolean => /^(?:https?:\/\/)?\d+\.dkr[.-]/.test(repository);

/** The options that consumers are in, before validation or after it. */
export type ConsumerSections = Pick<UncheckedEnvironment | Environment, ConsumerKind>;

/** A repository of another account, and the consumers that run its images. */
export interface OtherPulls {
  readonly repository: OtherRepository;
  /** In the order of the file. */
  readonly consumers: readonly Consumer<UncheckedConsumerOptions>[];
}

/**
 * The repositories of other accounts whose images consumers run, sorted by their ARN.
 *
 * @param kinds only of these kinds
 * @param region only in this Region
 */
export function otherPulls(
  sections: ConsumerSections,
  kinds?: readonly ConsumerKind[],
  region?: string,
): OtherPulls[] {
  const found = new Map<
    string,
    { repository: OtherRepository; consumers: OtherPulls["consumers"][number][] }
  >();
  for (const consumer of uncheckedConsumers(sections as UncheckedEnvironment)) {
    if (kinds !== undefined && !kinds.includes(consumer.kind)) continue;
    const source = consumer.options.image?.repository;
    const repository = typeof source === "string" ? otherRepository(source) : undefined;
    if (repository === undefined || (region !== undefined && repository.region !== region)) continue;
    const arn = repositoryArn(repository);
    const known = found.get(arn) ?? { repository, consumers: [] };
    known.consumers.push(consumer);
    found.set(arn, known);
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, pulls]) => pulls);
}

/** Their ARNs. Parameters as for {@link otherPulls}. */
export const otherRepositoryArns = (...given: Parameters<typeof otherPulls>): string[] =>
  otherPulls(...given).map(({ repository }) => repositoryArn(repository));

import type { Environment } from "../../environments/plan/environment";
import { repositoryName } from "../../environments/plan/repository-names";
import { inUse } from "../../modules/ecr/lifecycle/image-relations";
import type { LifecyclePolicy } from "../../modules/ecr/lifecycle/lifecycle-rule";
import type { ImageInput } from "../ecr/image-input";
import { notesOnPulls } from "../ecr/preview-notes";
import { missingImage, usedImages } from "../ecr/used-images";
import type { KnownImages } from "../review/lifecycle/lifecycle-delta";
import { type PolicyChange, repositoryAddress } from "../review/lifecycle/policy-change";
import { placeOf, type StackJson } from "../review/revisions/stack-json";

/**
 * The images of a repository, with those in use.
 *
 * @param name of the repository in ECR
 * @param given digests that are in use besides those that consumers of the environment run
 * @param notesOn what else the images lack
 */
export function knownImages(
  environment: Environment,
  name: string,
  images: readonly ImageInput[],
  given: readonly string[],
  notesOn: (policy: LifecyclePolicy) => readonly string[],
): KnownImages {
  const short = Object.keys(environment.ecr.repositories).find(
    (repository) => repositoryName(environment, repository) === name,
  );
  const { used, missing } =
    short === undefined
      ? { used: inUse(given, images), missing: [] }
      : usedImages(environment, short, images, given);
  return {
    images,
    used,
    notesOn: (policy) => [
      ...[...notesOn(policy), ...notesOnPulls(policy, images)].map((note) => note.replace(/\.$/, "")),
      ...missing.map((consumer) => missingImage(environment, name, consumer)),
    ],
  };
}

/** The Region of the repository of a lifecycle policy, as its stack declares it. */
export function regionOf(stack: StackJson, { address }: Pick<PolicyChange, "address">, home: string): string {
  const [type = "", name = ""] = repositoryAddress(address).split(".");
  const { provider } = (stack.resource?.[type]?.[name] ?? {}) as { readonly provider?: string };
  return placeOf(stack, provider).region ?? home;
}

import type { Environment } from "./environment";
import { renderPath } from "./problem";

/**
 * Things that are legal and may surprise, one line each.
 *
 * Replicas: AWS copies images but no settings. Without a repository creation template in the destination registry the
 * replica has AES256 encryption, mutable tags and no lifecycle policy.
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
export function warningsOf(environments: readonly Environment[]): string[] {
  return environments.flatMap((environment) => {
    const replicated = Object.entries(environment.ecr.repositories).filter(
      ([, { replicationDestinations }]) => replicationDestinations.length > 0,
    );
    const [first] = replicated;
    if (first === undefined || environment.ecr.encryptionType === "AES256") return [];
    const regions = new Set(replicated.flatMap(([, r]) => r.replicationDestinations.map((to) => to.region)));
    return [
      `${environment.file}: ${renderPath(["ecr", "repositories"])}: AWS replicates images, not settings: the replicas in ${[...regions].toSorted().join(", ")} get AES256 encryption and mutable tags unless those registries hold a repository creation template.`,
    ];
  });
}

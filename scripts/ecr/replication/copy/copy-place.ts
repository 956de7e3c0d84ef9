import type { ECRClient } from "@aws-sdk/client-ecr";
import type { RepositoryId } from "../../image-input";

/** A repository, and the client for its Region. */
export interface RepositoryPlace extends RepositoryId {
  readonly client: ECRClient;
  readonly region: string;
}

/** From where to where images are copied, until the signal. */
export interface CopyPlace {
  readonly source: RepositoryPlace;
  readonly target: RepositoryPlace;
  readonly signal: AbortSignal;
}

import type { Environment } from "../environment";
import type { EnvironmentCandidate } from "../options/environment";
import type { ImageCandidate, ImageOptions } from "../options/image";
import { entriesIn } from "../schema/unchecked-map";

/** Where consumers stand in an environment's file: section, then the map of them by name. */
const places = [
  ["ecs", "services"],
  ["lambda", "functions"],
  ["eks", "deployments"],
] as const;

/** What runs images of a repository: an ECS service, a Lambda function or a Kubernetes Deployment. */
export interface Consumer<Image = ImageOptions> {
  readonly kind: (typeof places)[number][0];
  /** Name of the service, function or deployment in the environment's file. */
  readonly name: string;
  /** Where it stands in the environment's file, e.g. `["ecs", "services", "web-app"]`. */
  readonly path: readonly PropertyKey[];
  readonly image: Image;
}

/** Everything of an environment that runs images, also what awaits its first push. */
export function consumersOf(environment: Pick<Environment, "ecs" | "lambda" | "eks">): Consumer[] {
  return consumerCandidates(environment as EnvironmentCandidate) as Consumer[];
}

type Sections = Readonly<Record<string, Readonly<Record<string, { image?: ImageCandidate }>> | undefined>>;

/** The same of an environment whose shape may be wrong: those whose image is an object at least. */
export function consumerCandidates(environment: EnvironmentCandidate): Consumer<ImageCandidate>[] {
  return places.flatMap(([kind, section]) => {
    const sections = environment[kind] as Sections | undefined;
    return entriesIn(sections?.[section]).flatMap(([name, { image }]) =>
      typeof image === "object" && image !== null ? [{ kind, name, path: [kind, section, name], image }] : [],
    );
  });
}

import type { ConsumerKind } from "../options/consumers";
import { consumersOf } from "./consumers";
import type { Environment } from "./environment";

/** A platform that an image is built for, as `docker build --platform` takes it. */
export type BuildPlatform = "linux/amd64" | "linux/arm64";

/** What an image has to be built for, according to the consumers that run it. */
export interface BuildTarget {
  /** Sorted; empty if no consumer runs images of the repository. */
  readonly platforms: readonly BuildPlatform[];
  /** Whether a Lambda function runs it, which a manifest list fails. https://docs.aws.amazon.com/lambda/latest/dg/images-create.html */
  readonly forLambda: boolean;
  /** Where the environment file says so, e.g. `["ecs", "services", "web-app"]`. */
  readonly paths: readonly (readonly PropertyKey[])[];
}

/** The names that ECS, Lambda and EKS have for an architecture. */
const platforms: Readonly<Record<string, BuildPlatform>> = {
  X86_64: "linux/amd64",
  x86_64: "linux/amd64",
  ARM64: "linux/arm64",
  arm64: "linux/arm64",
};

/** The platform that a consumer runs its image on. */
export function platformOf(options: object): BuildPlatform | undefined {
  const { cpuArchitecture, architecture } = options as { cpuArchitecture?: string; architecture?: string };
  return platforms[cpuArchitecture ?? architecture ?? ""];
}

/** Whether a platform of an image, which can have a variant such as `linux/arm64/v8`, is another one. */
export const isPlatform = (name: string, wanted: string): boolean =>
  name === wanted || name.startsWith(`${wanted}/`);

/** What the images of a repository have to be built for. @param repository short name */
export function buildTarget(environment: Pick<Environment, ConsumerKind>, repository: string): BuildTarget {
  const consumers = consumersOf(environment).filter(({ options }) => options.image.repository === repository);
  const found = consumers.flatMap(({ options }) => platformOf(options) ?? []);
  return {
    platforms: [...new Set(found)].toSorted(),
    forLambda: consumers.some(({ kind }) => kind === "lambda"),
    paths: consumers.map(({ path }) => path),
  };
}

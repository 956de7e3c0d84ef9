import type { BuildPlatform } from "../../../environments/plan/build-platforms";
import { type ContainerClient, loginCommand } from "./login-commands";
import { type ShellStep, shellWord } from "./shell-step";

/** What is pushed, and how. */
export interface Push {
  readonly client: ContainerClient;
  /** Short name of the repository. */
  readonly repository: string;
  /** Its name in ECR. */
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly host: string;
  /** URL of the repository. */
  readonly url: string;
  /** @default - the commit, in the variable `TAG` of the script */
  readonly tag?: string | undefined;
  /** Folder with the Dockerfile. */
  readonly context: string;
  /** Empty: those of the machine that builds. */
  readonly platforms: readonly BuildPlatform[];
  /** What declares the platforms, e.g. `ecs.services.web-app`. */
  readonly declaredBy: string;
  /** Whether a Lambda function runs the image, which cannot be in a manifest list. */
  readonly forLambda: boolean;
}

/** The steps that log in, build, tag and push an image, and read its digest. */
export function pushSteps(push: Push): ShellStep[] {
  const { client, name, accountId, region, host } = push;
  const tag = push.tag === undefined ? "$TAG" : push.tag;
  const choose: ShellStep[] =
    push.tag === undefined
      ? [
          {
            title: "Tag: the commit, so that each build has its own",
            commands: ["TAG=$(git rev-parse HEAD)"],
          },
        ]
      : [];
  return [
    ...choose,
    {
      title: "Log in: the password is valid for 12 hours",
      commands: [loginCommand(client, region, host)],
    },
    ...(push.platforms.length > 1 ? severalPlatforms(push, tag) : onePlatform(push, tag)),
    {
      title: "Read the digest, which always names this image",
      commands: [
        `aws ecr describe-images --region ${region} --registry-id ${accountId} --repository-name ${name} --image-ids "imageTag=${tag}" --query "imageDetails[0].imageDigest" --output text`,
      ],
    },
  ];
}

/**
 * Docker's builder adds a provenance attestation and so makes a manifest list, which Lambda refuses.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
 */
const withoutList = ({ client, forLambda }: Push): string =>
  forLambda && client === "docker" ? " --provenance=false" : "";

function onePlatform(push: Push, tag: string): ShellStep[] {
  const { client, platforms, repository, url, context, declaredBy } = push;
  const [platform] = platforms;
  const build = client === "docker" && push.forLambda ? "docker buildx build --load" : `${client} build`;
  return [
    {
      title:
        platform === undefined
          ? "Build: no consumer declares an architecture, so for the one of this machine"
          : `Build for ${platform}: see ${declaredBy}`,
      commands: [
        `${build}${platform === undefined ? "" : ` --platform ${platform}`}${withoutList(push)} --tag "${repository}:${tag}" ${shellWord(context)}`,
      ],
    },
    { title: "Tag for ECR", commands: [`${client} tag "${repository}:${tag}" "${url}:${tag}"`] },
    { title: "Push", commands: [`${client} push "${url}:${tag}"`] },
  ];
}

/**
 * A manifest list is built and pushed at once.
 *
 * @see https://docs.docker.com/build/building/multi-platform/
 * @see https://docs.podman.io/en/latest/markdown/podman-build.1.html
 */
function severalPlatforms(push: Push, tag: string): ShellStep[] {
  const { client, platforms, url, context, declaredBy, forLambda } = push;
  const list = platforms.join(",");
  const lambda = forLambda
    ? "; Lambda needs the digest of the image for its platform, not that of the list"
    : "";
  const title = `Build for ${platforms.join(" and ")}, and push: see ${declaredBy}${lambda}`;
  const commands =
    client === "docker"
      ? [
          `docker buildx build --platform ${list}${withoutList(push)} --tag "${url}:${tag}" --push ${shellWord(context)}`,
        ]
      : [
          `podman build --platform ${list} --manifest "${url}:${tag}" ${shellWord(context)}`,
          `podman manifest push --all "${url}:${tag}" "docker://${url}:${tag}"`,
        ];
  return [{ title, commands }];
}

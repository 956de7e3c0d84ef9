import type { FailoverPlan, ImageChange } from "../../environments/plan/failover";
import { statusCommands } from "../runner/status-commands";

/** One step of a failover: what to do, why, and the commands, if any. */
export interface FailoverStep {
  readonly title: string;
  /** Sentences. */
  readonly text: readonly string[];
  readonly commands: readonly string[];
}

/**
 * The steps of a failover, in their order.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
export function failoverSteps(plan: FailoverPlan): FailoverStep[] {
  const { environment, region } = plan;
  return [
    {
      title: `Stop pushes to ${region.from}`,
      text: [
        "What is pushed from now on may not reach the replicas.",
        `Stop the pipelines that push, until they push to ${region.to}.`,
      ],
      commands: [],
    },
    {
      title: "Check the replicas",
      text: [
        `The comparison needs ECR in both Regions. If ${region.from} does not answer, ask the replicas for each image instead.`,
        ...pipelineText(plan),
      ],
      commands: [
        `npm run ecr -- replication status --env ${environment} --to ${region.to}`,
        ...plan.images.flatMap((image) => existsCommand(image, region.to)),
      ],
    },
    {
      title: `Prepare ${region.to}`,
      text: [
        `Network, secrets and their key, log groups and load balancers exist in ${region.from} only. In ${region.to}, this project has only the replicas and, with KMS, the key that encrypts them.`,
        `The roles of ECS tasks trust ECS in ${region.from} only, so tasks in ${region.to} need roles of their own.`,
      ],
      commands: [],
    },
    { title: "Allow pulls from the replicas", text: pullText(plan), commands: [] },
    {
      title: "Run the consumers with the new images",
      text: consumerText(plan),
      commands: plan.images.flatMap((image) => runCommand(image)),
    },
    {
      title: "DNS",
      text: [
        "Registries: nothing to change. The host name of a registry contains its Region and every image names it, so no DNS record can switch it.",
        `Applications: point your own records from the load balancers in ${region.from} (output load_balancer_dns_names) to those in ${region.to}, once their targets are healthy. This project has no DNS records.`,
      ],
      commands: [],
    },
    {
      title: `Let pipelines push to ${region.to}`,
      text: [
        "Use the URLs and the permissions below.",
        `Images that are pushed to ${region.to} are not replicated back to ${region.from}: replication goes from the source only.`,
      ],
      commands: [
        `aws ecr get-login-password --region ${region.to} | docker login --username AWS --password-stdin ${hostOf(plan)}`,
      ],
    },
    {
      title: "Go back",
      text: [
        `Push what is missing in ${region.from} there again, from the pipelines or with a tool that copies manifests unchanged, such as crane or skopeo.`,
        "Then undo the steps from the last to the first. The environment file did not change, so a deploy restores the images and permissions that it declares.",
        ...(plan.images.some(({ kind }) => kind === "eks")
          ? ["A deploy does not apply Deployments: apply their manifests again."]
          : []),
      ],
      commands: [
        `npm run deploy -- ${environment}`,
        ...(plan.images.some(({ kind }) => kind === "eks")
          ? [`npm run --silent ecr -- manifests --env ${environment} | kubectl apply -f -`]
          : []),
      ],
    },
  ];
}

/** Host of the registry in the new Region. */
function hostOf({ repositories: [first] }: FailoverPlan): string {
  return first?.to.split("/")[0] ?? "";
}

/** Where the digests are that a pipeline has deployed: the file has only the image with which Terraform created the consumer. */
function pipelineText({ images, environment, region }: FailoverPlan): string[] {
  const deployed = images.filter(({ deployedFrom }) => deployedFrom !== undefined);
  if (deployed.length === 0) return [];
  const commands = statusCommands(deployed, environment);
  return [
    `Pipelines deploy the images of ${deployed.map(({ consumer }) => consumer).join(", ")}, so the environment file does not have their digests.`,
    `While ${region.from} answers, ${commands.map((command) => `\`${command}\``).join(" and ")} ${commands.length === 1 ? "prints" : "print"} them. Otherwise, take them from the last runs of the pipelines. Set DIGEST to each one for its command below.`,
  ];
}

function existsCommand(image: ImageChange, region: string): string[] {
  const { repository, registryId, tag, digest, uri, deployedFrom, obstacle } = image;
  if ((uri === undefined && deployedFrom === undefined) || obstacle !== undefined) return [];
  const own = digest === undefined ? `imageTag=${tag}` : `imageDigest=${digest}`;
  const id = deployedFrom === undefined ? own : '"imageDigest=$DIGEST"';
  const registry = registryId === undefined ? "" : ` --registry-id ${registryId}`;
  return [
    `aws ecr describe-images --region ${region}${registry} --repository-name ${repository} --image-ids ${id}`,
  ];
}

function pullText({ permissions, region }: FailoverPlan): string[] {
  const pulls = permissions.filter(({ access }) => access === "pull");
  return pulls.length === 0
    ? ["No role needs another permission to pull."]
    : [
        ...pulls.map(
          ({ holder, resource }) =>
            `The ${holder} allows pulls from ${resource.from}; also allow ${resource.to}.`,
        ),
        "The next deploy of the security layer removes what you add by hand.",
        `Consumers that stay in ${region.from} also need a way to ECR in ${region.to}: VPC endpoints reach ECR of their own Region only.`,
      ];
}

function consumerText({ images, region }: FailoverPlan): string[] {
  if (images.length === 0) return ["The environment has no consumers."];
  const text = ["The table of images has the URI for each consumer."];
  const inEcs = images.filter(({ kind }) => kind === "ecs").map(({ collection }) => collection);
  if (inEcs.includes("services"))
    text.push(
      "ECS: register a task definition with the new image, and update or create the service with it.",
    );
  if (inEcs.includes("scheduledTasks"))
    text.push(
      "ECS scheduled tasks: register a task definition with the new image, and update or create the schedule with its new revision.",
    );
  if (images.some(({ kind, collection }) => kind === "eks" && collection === "jobs"))
    text.push(
      "Jobs: the image of a Job cannot change. Delete the Job, and create it again from its manifest with the new image.",
    );
  if (images.some(({ kind }) => kind === "lambda"))
    text.push(
      `Lambda: a function and its image must be in the same Region, so create the function in ${region.to}. https://docs.aws.amazon.com/lambda/latest/dg/images-create.html`,
    );
  return text;
}

/**
 * What kubectl calls the workloads whose image it can set, by their section of the environment file. The image of a Job cannot change.
 *
 * @see https://kubernetes.io/docs/reference/kubectl/generated/kubectl_set/kubectl_set_image/
 */
const settable: Readonly<Record<string, string>> = { deployments: "deployment", cronJobs: "cronjob" };

function runCommand({ kind, collection, name, namespace, uri, obstacle }: ImageChange): string[] {
  const resource = kind === "eks" ? settable[collection] : undefined;
  return resource !== undefined && uri !== undefined && obstacle === undefined
    ? [`kubectl set image --namespace ${namespace} ${resource}/${name} '*=${uri.to}'`]
    : [];
}

import { z } from "zod";
import { cronScheduleProblem } from "../../modules/eks/cron-schedule";
import { architectures } from "../../modules/eks/processor-architecture";
import { integer, list, nonEmpty, object, oneOf, text } from "../../modules/values/fields";
import { PodIdentityOptions } from "./eks-pod-identity";
import { ImageOptions } from "./image";
import { cannotRename } from "./renamed-from";

const argument = () => list(nonEmpty("an argument is a string; put it in quotes")).optional();

/** Options that every workload of a cluster has. */
export const workload = {
  image: ImageOptions,
  // https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
  namespace: text(
    /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
    "a namespace has 1 to 63 lowercase letters, digits and hyphens, and does not start or end with a hyphen; use a name such as shop",
  )
    .default("default")
    .describe("Namespace. It must exist before you apply the manifest."),
  architecture: oneOf(architectures)
    .default("x86_64")
    .describe("Processor architecture that the image is built for."),
  cpu: text(
    /^(?:[1-9]\d{0,5}m|[1-9]\d{0,2})$/,
    "CPU is in up to 999 whole cores or 999999 millicores; use a value such as 1 or 250m",
  )
    .default("250m")
    .describe("CPU request of a pod. The pod can use more."),
  memory: text(
    /^[1-9]\d{0,6}[MG]i$/,
    "memory is a number of up to 7 digits followed by Mi or Gi; use a value such as 256Mi",
  )
    .default("256Mi")
    .describe("Memory request and memory limit of a pod."),
  podIdentity: PodIdentityOptions.optional().meta({
    description:
      "Gives the pods a role with EKS Pod Identity, and a service account with the name of the workload. Not for pods on Fargate, and not in China Regions, where EKS does not support it.",
    defaultNote: "no AWS credentials",
  }),
};

const job = {
  ...workload,
  entryPoint: argument().meta({
    description: "Overrides the `ENTRYPOINT` of the image. Kubernetes calls it `command`.",
    defaultNote: "the value in the image",
  }),
  command: argument().meta({
    description: "Overrides the `CMD` of the image. Kubernetes calls it `args`.",
    defaultNote: "the value in the image",
  }),
  retries: integer(0, 100, "a Job has 0 to 100 retries; use a whole number")
    .default(3)
    .describe("Number of retries before the Job fails (`backoffLimit`)."),
  timeoutSeconds: integer(1, 604_800, "a Job ends within 1 to 604800 seconds, a week; use a whole number")
    .default(3600)
    .describe("Seconds after which the Job fails, and its pods are stopped."),
};

/** Options of one Job. */
export const EksJobOptions = object(job, cannotRename("job")).describe(
  "One Kubernetes Job, rendered as a manifest by `npm run ecr -- manifests`. Another image is another Job.",
);

/** Options of one CronJob. */
export const EksCronJobOptions = object(
  {
    ...job,
    schedule: z
      .string({ error: "a schedule has five cron fields; use one such as '0 3 * * *', or @daily" })
      .superRefine((schedule, context) => {
        const message = cronScheduleProblem(schedule);
        if (message !== undefined) context.addIssue({ code: "custom", message });
      })
      .describe("When a Job starts: minute, hour, day of the month, month, day of the week. Sunday is 0."),
    timeZone: text(
      /^[A-Za-z][\w+-]*(?:\/[\w+-]+){0,2}$/,
      "this must be a name of the time zone database; use one such as Europe/Berlin",
    )
      .default("Etc/UTC")
      .describe("Time zone of the schedule."),
    concurrency: oneOf(["Allow", "Forbid", "Replace"])
      .default("Forbid")
      .describe("Whether a Job may start while the one before runs. `Replace` stops the one before."),
  },
  cannotRename("job"),
).describe("One Kubernetes CronJob, rendered as a manifest by `npm run ecr -- manifests`.");

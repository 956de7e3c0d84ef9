import { createHash } from "node:crypto";
import { type PodProps, podLabels, podTemplate } from "./pod-template";

/** What the manifest of a Kubernetes Job is made from. */
export interface JobManifestProps extends PodProps {
  readonly namespace: string;
  /** Overrides the ENTRYPOINT of the image. @default - as in the image */
  readonly entryPoint?: readonly string[] | undefined;
  /** Overrides the CMD of the image. @default - as in the image */
  readonly command?: readonly string[] | undefined;
  /** How often a failed pod is replaced. */
  readonly retries: number;
  /** Seconds after which the Job fails, with all its pods. */
  readonly timeoutSeconds: number;
}

/** What the manifest of a Kubernetes CronJob is made from. */
export interface CronJobManifestProps extends JobManifestProps {
  /** Five fields of cron, e.g. `0 3 * * *`. */
  readonly schedule: string;
  /** E.g. `Europe/Berlin`. */
  readonly timeZone: string;
  /** What happens when a Job still runs at the next time. */
  readonly concurrency: "Allow" | "Forbid" | "Replace";
}

/** A finished Job is kept for a day, so that its logs can be read. */
const keptSeconds = 24 * 60 * 60;

/** How late a Job may start. Later, it waits for the next time: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/ */
const lateSeconds = 300;

/**
 * Manifest of a Job whose pods meet the Restricted Pod Security Standard. Kubernetes does not change the pods of a Job, so the
 * end of its name is a hash of the manifest: another image is another Job.
 *
 * @returns an object for `JSON.stringify`; kubectl accepts JSON
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/job/
 */
export function jobManifest(props: JobManifestProps) {
  const { name, namespace } = props;
  const spec = { ...jobSpec(props), ttlSecondsAfterFinished: keptSeconds };
  const hash = createHash("sha256").update(JSON.stringify(spec)).digest("hex").slice(0, 8);
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { name: `${name}-${hash}`, namespace, labels: podLabels(name) },
    spec,
  };
}

/** Manifest of a CronJob, whose Jobs are like those of `jobManifest`. @returns an object for `JSON.stringify` */
export function cronJobManifest(props: CronJobManifestProps) {
  const { name, namespace, schedule, timeZone, concurrency } = props;
  const labels = podLabels(name);
  return {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: { name, namespace, labels },
    spec: {
      ...{ schedule, timeZone, concurrencyPolicy: concurrency, startingDeadlineSeconds: lateSeconds },
      jobTemplate: { metadata: { labels }, spec: jobSpec(props) },
    },
  };
}

function jobSpec({ entryPoint, command, retries, timeoutSeconds, ...pod }: JobManifestProps) {
  const container = {
    ...(entryPoint !== undefined && { command: [...entryPoint] }),
    ...(command !== undefined && { args: [...command] }),
  };
  return {
    ...{ backoffLimit: retries, activeDeadlineSeconds: timeoutSeconds },
    template: podTemplate(pod, { restartPolicy: "Never" }, container),
  };
}

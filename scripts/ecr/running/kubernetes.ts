import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { z } from "zod";
import { CommandError } from "../../runner/command";
import type { RunningImage } from "./running-image";

const status = z.object({ image: z.string(), imageID: z.string() });
const container = z.object({ image: z.string().optional() });
const statuses = z.array(status).default([]);
const containers = z.array(container).default([]);

/** A list of pods, as far as images matter. https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
const podList = z.object({
  items: z.array(
    z.object({
      kind: z.literal("Pod").optional(),
      metadata: z.object({ name: z.string(), namespace: z.string().default("default") }),
      spec: z.object({ containers, initContainers: containers, ephemeralContainers: containers }),
      status: z
        .object({
          phase: z.string().optional(),
          containerStatuses: statuses,
          initContainerStatuses: statuses,
          ephemeralContainerStatuses: statuses,
        })
        .prefault({}),
    }),
  ),
});

type Pod = z.infer<typeof podList>["items"][number];

/**
 * The images of pods that have not ended.
 *
 * @param text output of `kubectl get pods --all-namespaces --output json`
 * @param source where it is from, e.g. a file or a context
 * @throws CommandError when it is something else
 */
export function runningInPods(text: string, source: string): RunningImage[] {
  const command = "kubectl get pods --all-namespaces --output json";
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new CommandError(
      `${source}: ${(error as Error).message}; save the output of ${command} in the file`,
    );
  }
  const list = podList.safeParse(json);
  if (!list.success)
    throw new CommandError(
      `${source} is not a list of pods (${z.prettifyError(list.error).split("\n")[0]}); save the output of ${command} in the file`,
    );
  return list.data.items.filter(hasNotEnded).flatMap((pod) => imagesOf(pod, source));
}

const hasNotEnded = ({ status: { phase } }: Pod): boolean => phase !== "Succeeded" && phase !== "Failed";

/** Images by the digests that run, and those that the pod asks for: one whose container has not started has no digest yet. */
function imagesOf({ metadata, spec, status: now }: Pod, source: string): RunningImage[] {
  const user = `pod ${metadata.namespace}/${metadata.name} (${source})`;
  const started = [...now.containerStatuses, ...now.initContainerStatuses, ...now.ephemeralContainerStatuses];
  const wanted = [...spec.containers, ...spec.initContainers, ...spec.ephemeralContainers];
  return [
    ...started.flatMap(({ imageID }) => (imageID.includes("@sha256:") ? [{ uri: imageID, user }] : [])),
    ...wanted.flatMap(({ image }) => (image === undefined ? [] : [{ uri: image, user }])),
  ];
}

/** @throws CommandError when the file cannot be read, or is something else */
export function runningInFile(file: string): RunningImage[] {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new CommandError(`--pods: ${(error as Error).message}`);
  }
  return runningInPods(text, file);
}

/** A cluster with many pods prints a lot. */
const mostOutput = 1024 ** 3;

/**
 * The images of pods in the cluster of a context of the user's kubeconfig.
 *
 * @throws CommandError when kubectl is missing or fails
 */
export async function runningInContext(context: string): Promise<RunningImage[]> {
  const args = ["--context", context, "get", "pods", "--all-namespaces", "--output", "json"];
  try {
    const { stdout } = await promisify(execFile)("kubectl", args, { maxBuffer: mostOutput });
    return runningInPods(stdout, `context ${context}`);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const { code, stderr = "", message } = error as NodeJS.ErrnoException & { stderr?: string };
    throw new CommandError(
      code === "ENOENT"
        ? "--kube-context: kubectl is not installed; install it (https://kubernetes.io/docs/tasks/tools/), or pass --pods with a file"
        : `--kube-context ${context}: kubectl failed: ${stderr.trim() || message}`,
    );
  }
}

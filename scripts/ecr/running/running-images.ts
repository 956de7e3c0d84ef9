import type { AccountConnection } from "../account-connection";
import { runningInEcs } from "./ecs";
import { runningInContext, runningInFile } from "./kubernetes";
import { runningInLambda } from "./lambda";
import type { RunningImage } from "./running-image";

/** Where to look for images that run. */
export interface RunningSources {
  /** The account of the environment, and the accounts of roles. */
  readonly accounts: readonly AccountConnection[];
  /** Regions to ask in each account, e.g. `us-east-1`. */
  readonly regions: readonly string[];
  /** Contexts of the user's kubeconfig. */
  readonly contexts: readonly string[];
  /** Files with the output of `kubectl get pods --all-namespaces --output json`. */
  readonly podFiles: readonly string[];
  /** Whether the command has the options of `withLiveOptions`, so that it can say how to ask further places. */
  readonly hasOptions: boolean;
}

/** The images that run, and what was not seen. */
export interface RunningImages {
  readonly images: readonly RunningImage[];
  /** Where images may run that was not asked, each as a sentence. */
  readonly unseen: readonly string[];
  /** Why somewhere could not be read, each as a sentence. */
  readonly problems: readonly string[];
}

/** Ask ECS, Lambda and Kubernetes which images run. */
export async function runningImages({
  accounts,
  regions,
  contexts,
  podFiles,
  hasOptions,
}: RunningSources): Promise<RunningImages> {
  const asked = accounts.flatMap((account) =>
    regions.flatMap((region) => [
      () => account.ask("What runs in Amazon ECS", () => runningInEcs(account, region), region),
      () => account.ask("What runs in AWS Lambda", () => runningInLambda(account, region), region),
    ]),
  );
  const answers = await Promise.allSettled([
    ...asked.map((ask) => ask()),
    ...contexts.map(runningInContext),
    ...podFiles.map(async (file) => runningInFile(file)),
  ]);
  const advice = (text: string) => (hasOptions ? `: ${text}` : "");
  const where = accounts.map(({ accountId }) => accountId).join(", ");
  return {
    images: answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : [])),
    problems: answers.flatMap((answer) =>
      answer.status === "rejected" ? [(answer.reason as Error).message] : [],
    ),
    unseen: [
      ...(contexts.length + podFiles.length === 0
        ? [`Kubernetes was not asked${advice("name clusters with --kube-context, or pods with --pods")}.`]
        : []),
      `Accounts other than ${where} and Regions other than ${regions.join(", ")} were not asked${advice("name them with --role and --region")}.`,
      "Scheduled tasks, Jobs and Deployments without pods were seen only if they run now.",
    ],
  };
}

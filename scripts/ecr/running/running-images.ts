import { hasScheduledTasks } from "../../../environments/plan/ecs-schedule";
import type { AccountConnection } from "../account-connection";
import { runningInEcs } from "./ecs";
import { runningInContext, runningInFile } from "./kubernetes";
import { runningInLambda } from "./lambda";
import type { RunningImage } from "./running-image";
import { runningInSchedules } from "./schedules";

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

/** Ask ECS, EventBridge Scheduler, Lambda and Kubernetes which images run. */
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
  const schedules = await scheduledImages(accounts, regions);
  const answers = await Promise.allSettled([
    ...asked.map((ask) => ask()),
    ...contexts.map(runningInContext),
    ...podFiles.map(async (file) => runningInFile(file)),
  ]);
  const advice = (text: string) => (hasOptions ? `: ${text}` : "");
  const where = accounts.map(({ accountId }) => accountId).join(", ");
  return {
    images: [
      ...answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : [])),
      ...schedules.images,
    ],
    problems: [
      ...answers.flatMap((answer) =>
        answer.status === "rejected" ? [(answer.reason as Error).message] : [],
      ),
      ...schedules.problems,
    ],
    unseen: [
      ...schedules.unseen,
      ...(contexts.length + podFiles.length === 0
        ? [`Kubernetes was not asked${advice("name clusters with --kube-context, or pods with --pods")}.`]
        : []),
      `Accounts other than ${where} and Regions other than ${regions.join(", ")} were not asked${advice("name them with --role and --region")}.`,
      "Tasks that EventBridge rules or other programs start, Jobs and Deployments without pods were seen only if they run now.",
    ],
  };
}

/**
 * What schedules start. Roles from before this project had scheduled tasks may not read schedules: that is a problem only for an
 * environment that has some.
 */
async function scheduledImages(
  accounts: readonly AccountConnection[],
  regions: readonly string[],
): Promise<RunningImages> {
  const asked = accounts.flatMap((account) =>
    regions.map(async (region) => {
      const what = "What EventBridge Scheduler starts";
      try {
        return { images: await account.ask(what, () => runningInSchedules(account, region), region) };
      } catch (error) {
        const { message } = error as Error;
        return hasScheduledTasks(account.environment) ? { problems: [message] } : { unseen: [message] };
      }
    }),
  );
  const answers: Partial<RunningImages>[] = await Promise.all(asked);
  return {
    images: answers.flatMap(({ images = [] }) => images),
    unseen: answers.flatMap(({ unseen = [] }) => unseen),
    problems: answers.flatMap(({ problems = [] }) => problems),
  };
}

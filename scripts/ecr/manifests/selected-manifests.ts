import type { Environment } from "../../../environments/plan/environment";
import { manifestsOf, type NamedManifest } from "../../../environments/plan/manifests";
import { CommandError } from "../../runner/command";
import { noSuchName } from "../../runner/no-such-name";

/** A workload with an image. */
export type ReadyManifest = NamedManifest & { readonly image: string; readonly manifest: object };

/** The workloads that can be applied, and the names of those that await their first image. */
export interface SelectedManifests {
  readonly ready: readonly ReadyManifest[];
  readonly waiting: readonly string[];
}

/**
 * The workloads of an environment.
 *
 * @param name only this one. @default - all
 * @throws CommandError when there are none, or none of that name, or none has an image
 */
export function selectedManifests(environment: Environment, name: string | undefined): SelectedManifests {
  const all = manifestsOf(environment);
  if (all.length === 0)
    throw new CommandError(
      `${environment.file} has no Deployments, Jobs or CronJobs; add them to eks.deployments, eks.jobs or eks.cronJobs`,
    );
  const selected = all.filter((one) => name === undefined || one.name === name);
  if (name !== undefined && selected.length === 0)
    throw noSuchName(
      "Deployment, Job or CronJob",
      name,
      environment.name,
      all.map((one) => one.name),
    );
  const ready = selected.filter(
    (one): one is ReadyManifest => one.image !== undefined && one.manifest !== undefined,
  );
  const waiting = selected.filter(({ manifest }) => manifest === undefined).map((one) => one.name);
  if (ready.length === 0)
    throw new CommandError(
      `${environment.file}: no image has been pushed yet for ${waiting.join(", ")}; push one and replace awaitsFirstPush with its tag or digest`,
    );
  return { ready, waiting };
}

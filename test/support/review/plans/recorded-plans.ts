import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { EnvironmentId, Layer } from "../../../../environments/naming";
import { judged } from "../../../../scripts/review/gates/judged-report";
import { readPlan } from "../../../../scripts/review/read-plan";
import type { ExistingRepository } from "../../../../scripts/review/registry-loss";
import { reportOnPlans } from "../../../../scripts/review/report/plans";
import type { Report } from "../../../../scripts/review/report/report";
import type { TerraformPlan } from "../../../../scripts/review/terraform-plan";

/** An edit of the environment files, and Terraform's plans for it. */
export interface RecordedPlans {
  /** What the edit is for, e.g. `Add a repository.` */
  readonly title: string;
  readonly environment: EnvironmentId;
  readonly accountId: string;
  /** Every stack whose plan does something, in the order of deployment. */
  readonly stacks: readonly RecordedStack[];
}

/** The plan of one stack, and what its review knows besides. */
export interface RecordedStack {
  readonly stack: string;
  readonly layer: Layer;
  /** Terraform's summary, e.g. `1 to add, 0 to change, 0 to destroy`; `undefined` if only outputs change. */
  readonly summary: string | undefined;
  readonly waits: readonly string[];
  readonly blocks: readonly string[];
  /** Names of the repositories in a registry that the stack manages. */
  readonly repositories: readonly string[];
  /** What the registry has, with the environments of its tags. */
  readonly existing: readonly ExistingRepository[];
  /** `undefined` if Terraform cannot plan the stack yet. */
  readonly plan: TerraformPlan | undefined;
}

const folder = join(__dirname, "recorded");

/** Path of the plans of an edit. */
export const recordedFile = (edit: string): string => join(folder, `${edit}.json`);

/** Names of the edits whose plans are recorded. */
export const recordedEdits = (): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => basename(file, ".json"))
    .toSorted();

export const recordedPlans = (edit: string): RecordedPlans =>
  JSON.parse(readFileSync(recordedFile(edit), "utf8"));

/** The report that `npm run plan` makes of plans. */
export function reportOnRecorded({ environment, accountId, stacks }: RecordedPlans): Report {
  const report = reportOnPlans(
    stacks.map(({ stack, layer, plan, existing, ...known }) => ({
      ...{ stack, ...known },
      plan: plan && readPlan(JSON.stringify(plan)),
      context: { stateBucket: undefined, ...{ layer, environment, accountId }, repositories: existing },
    })),
    { base: "dev as it is deployed", head: "the edited files" },
  );
  return judged(report, { acknowledge: [], labels: [] }, []);
}

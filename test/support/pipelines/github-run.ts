import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../emulator/ran";
import { type Contexts, expressed, holds, interpolated } from "./expression";
import type { Job, Step, Workflow } from "./workflow-files";

type Texts = Readonly<Record<string, string>>;

/** What stands for an action of somebody else. It may add variables for the steps that follow. */
export type Replacement = (call: ActionCall) => void | Promise<void>;

export interface ActionCall {
  /** Its inputs, with the values of their expressions. */
  readonly inputs: Texts;
  /** What the token of the job may do. */
  readonly permissions: Texts;
  /** Variables of the steps that follow, as an action sets them in `$GITHUB_ENV`. */
  readonly variables: Record<string, string>;
}

export interface RunOptions {
  readonly workflow: Workflow;
  /** Where the steps run. */
  readonly folder: string;
  /** Variables of the machine, without those of GitHub. */
  readonly machine: NodeJS.ProcessEnv;
  /** The context `github` without its token. */
  readonly github: Readonly<Record<string, unknown>>;
  readonly inputs?: Texts;
  /** What stands for each action, by its name without the version. Any other one fails. */
  readonly actions: Readonly<Record<string, Replacement>>;
  /** Makes the token of a job. */
  token(permissions: Texts): string;
  /** Where its API is. */
  readonly apiUrl: string;
  /** Whether the pull request comes from a fork. */
  readonly fork?: boolean;
}

/** How one job ended, for each element of its matrix. */
export interface JobRun {
  readonly result: "success" | "failure" | "skipped";
  readonly outputs: Texts;
  /** What its steps printed. */
  readonly printed: string;
  /** The summaries of its steps. */
  readonly summary: string;
  /** The variables that its last step saw. */
  readonly variables: NodeJS.ProcessEnv;
}

const skipped: JobRun = { result: "skipped", outputs: {}, printed: "", summary: "", variables: {} };

/** Run the jobs of a workflow one after the other, as GitHub does on a machine of Linux. */
export async function runWorkflow(options: RunOptions): Promise<Record<string, JobRun[]>> {
  const runs: Record<string, JobRun[]> = {};
  for (const [name, job] of Object.entries(options.workflow.jobs)) {
    const names = [job.needs ?? []].flat();
    const needed = names.flatMap((need) => runs[need] ?? []);
    const needs = Object.fromEntries(
      names.map((need) => [
        need,
        { result: resultOf(runs[need] ?? []), outputs: runs[need]?.at(-1)?.outputs ?? {} },
      ]),
    );
    const contexts = { github: options.github, needs, inputs: options.inputs ?? {} };
    const status = { success: needed.every(({ result }) => result === "success") };
    if (!holds(job.if, contexts, status)) {
      runs[name] = [skipped];
      continue;
    }
    const { matrix } = job.strategy ?? {};
    const include =
      matrix === undefined ? [{}] : (expressed(matrix, contexts) as { include: object[] }).include;
    runs[name] = [];
    for (const one of include) runs[name].push(await runJob(job, { ...contexts, matrix: one }, options));
  }
  return runs;
}

const resultOf = (runs: readonly JobRun[]): JobRun["result"] =>
  runs.find(({ result }) => result !== "success")?.result ?? "success";

/** A fork's token can only read, and is none for other services. @see https://docs.github.com/en/actions/concepts/security/github_token */
function grantedTo({ permissions }: Job, { workflow, fork = false }: RunOptions): Texts {
  const asked = Object.entries(permissions ?? workflow.permissions ?? {});
  if (!fork) return Object.fromEntries(asked);
  return Object.fromEntries(asked.filter(([name]) => name !== "id-token").map(([name]) => [name, "read"]));
}

async function runJob(job: Job, contexts: Contexts, options: RunOptions): Promise<JobRun> {
  const permissions = grantedTo(job, options);
  const github = { ...options.github, token: options.token(permissions) };
  const temporary = join(options.folder, "build", "runner");
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  const variables: Record<string, string> = {};
  const steps: Record<string, { outputs: Texts }> = {};
  const all = (): Contexts => ({ ...contexts, github, steps, secrets: {}, runner: { temp: temporary } });
  let run: JobRun = { ...skipped, result: "success" };
  for (const [index, step] of (job.steps ?? []).entries()) {
    if (!holds(step.if, all(), { success: run.result === "success" })) continue;
    if (step.uses !== undefined) {
      const failure = await useAction(step, { all, options, permissions, variables });
      if (failure !== undefined) run = { ...run, result: "failure", printed: `${run.printed}${failure}\n` };
      continue;
    }
    const files = Object.fromEntries(
      ["GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"].map((name) => [name, join(temporary, `${name}-${index}`)]),
    );
    for (const file of Object.values(files)) writeFileSync(file, "");
    const env = {
      ...options.machine,
      ...githubVariables(options, temporary),
      ...files,
      ...variables,
      ...texts(job.env, all()),
      ...texts(step.env, all()),
    };
    const { code, stdout, stderr } = await runCommand([...shellOf(options.workflow), step.run ?? ""], {
      cwd: join(options.folder, step["working-directory"] ?? ""),
      env,
    });
    if (step.id !== undefined) steps[step.id] = { outputs: outputsIn(files["GITHUB_OUTPUT"] ?? "") };
    run = {
      ...run,
      ...(code !== 0 && { result: "failure" }),
      printed: `${run.printed}${stdout}${stderr}`,
      summary: run.summary + readFileSync(files["GITHUB_STEP_SUMMARY"] ?? "", "utf8"),
      variables: env,
    };
  }
  return { ...run, outputs: texts(job.outputs, all()) };
}

/** @returns why it failed */
async function useAction(
  step: Step,
  job: {
    all(): Contexts;
    readonly options: RunOptions;
    readonly permissions: Texts;
    readonly variables: Record<string, string>;
  },
): Promise<string | undefined> {
  const [name = ""] = (step.uses ?? "").split("@");
  const replacement = job.options.actions[name];
  if (replacement === undefined) throw new Error(`Nothing stands for the action ${name}.`);
  const { permissions, variables } = job;
  try {
    await replacement({ inputs: texts(step.with, job.all()), permissions, variables });
    return undefined;
  } catch (error) {
    return `${name}: ${(error as Error).message}`;
  }
}

const texts = (values: Readonly<Record<string, unknown>> = {}, contexts: Contexts): Texts =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, interpolated(value, contexts)]));

/** @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables#default-environment-variables */
const githubVariables = ({ apiUrl, github }: RunOptions, temporary: string): Texts => ({
  ...{ CI: "true", GITHUB_ACTIONS: "true", GITHUB_API_URL: apiUrl, RUNNER_TEMP: temporary },
  GITHUB_REPOSITORY: String(github["repository"]),
  GITHUB_REF: String(github["ref"]),
  GITHUB_BASE_REF: String(github["base_ref"] ?? ""),
});

/** @see https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell */
const shellOf = ({ defaults }: Workflow): string[] =>
  defaults?.run?.shell === "bash"
    ? ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]
    : ["bash", "-e", "-c"];

function outputsIn(file: string): Texts {
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
}

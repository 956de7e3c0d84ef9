import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Ran, runCommand } from "../emulator/ran";
import { parseGitlab } from "./workflow-files";

type Texts = Readonly<Record<string, string>>;

/** A line of shell, or the keys of another one: `!reference [.job, before_script]`. */
type Line = string | readonly string[];

export interface GitlabJob {
  readonly extends?: string | readonly string[];
  readonly before_script?: readonly Line[];
  readonly script?: readonly Line[];
  readonly variables?: Texts;
  readonly id_tokens?: Readonly<Record<string, object>>;
  readonly rules?: readonly { readonly if?: string; readonly when?: string }[];
}

/** A job of a file with all that it extends: maps are merged, lists replaced. @see https://docs.gitlab.com/ci/yaml/#extends */
export function gitlabJob(text: string, name: string): GitlabJob {
  const file = JSON.parse(JSON.stringify(parseGitlab(text))) as Readonly<Record<string, GitlabJob>>;
  const whole = (job: GitlabJob): GitlabJob => {
    const bases = [job.extends ?? []].flat().map((base) => whole(file[base] ?? {}));
    const variables = Object.assign({}, ...[...bases, job].map((one) => one.variables));
    return Object.assign({}, ...bases, job, { variables });
  };
  if (file[name] === undefined) throw new Error(`There is no job ${name}.`);
  const job = { ...file["default"], ...whole(file[name]) };
  const lines = (list: readonly Line[] = []): Line[] =>
    list.flatMap((line) => {
      if (typeof line === "string") return [line];
      const [from = "", key = ""] = line;
      return lines(file[from]?.[key as "script"]);
    });
  return { ...job, before_script: lines(job.before_script), script: lines(job.script) };
}

/** Lines that install what is on this machine already. */
const installs =
  /^(?:wget -qO- https:\/\/apt\.releases\.hashicorp\.com|echo "deb |apt-get (?:update|install) -qq|apk add )/;

/** Programs that the lines may start. Another one needs something that stands for it. */
const known =
  /^(?:npm run|printf|set |echo |export |if \[|docker |aws ecr get-login-password|cd |git |\w+=\$\(npm run)/;

export interface JobOptions {
  readonly folder: string;
  /** Variables of the machine, without those of GitLab. */
  readonly machine: NodeJS.ProcessEnv;
  /** Variables of the project, and those that GitLab sets. */
  readonly variables: Texts;
  /** Shell that stands for `npm ci`. @default - nothing: the packages are there */
  readonly install?: string;
}

/**
 * Run the lines of a job in bash, as a runner does in an image that has it.
 *
 * @throws Error for a program that nothing stands for
 * @see https://docs.gitlab.com/runner/shells/
 */
export function runGitlabJob(
  job: GitlabJob,
  { folder, machine, variables, install = ":" }: JobOptions,
): Promise<Ran> {
  const lines = [...(job.before_script ?? []), ...(job.script ?? [])].map(String);
  const kept = lines
    .filter((line) => !installs.test(line))
    .map((line) => (line === "npm ci" ? install : line));
  const unknown = kept.filter((line) => line !== install && !known.test(line));
  if (unknown.length > 0) throw new Error(`Nothing stands for the programs of:\n${unknown.join("\n")}`);
  const temporary = join(folder, "build", "job");
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  // The folder /tmp of a job is its own.
  const here = (text: string) => text.replaceAll("/tmp/", `${temporary}/`);
  const own = Object.entries(job.variables ?? {}).map(([name, value]) => [name, here(String(value))]);
  const all: Texts = {
    ...{ ...variables, CI: "true", GITLAB_CI: "true", CI_PROJECT_DIR: folder },
    ...Object.fromEntries(own),
  };
  const tokens = Object.keys(job.id_tokens ?? {}).map((name) => [name, "a.signed.token"]);
  const script = kept.map((line) => (line === install ? line : here(line)));
  return runCommand(["bash", "--noprofile", "--norc", "-c", ["set -eo pipefail", ...script].join("\n")], {
    cwd: folder,
    env: { ...machine, ...expanded(all), ...Object.fromEntries(tokens) },
  });
}

/** Variables may name others. */
function expanded(variables: Texts): Texts {
  const value = (text: string, depth = 0): string =>
    depth > 5
      ? text
      : text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_, one, other) =>
          value(variables[one ?? other] ?? "", depth + 1),
        );
  return Object.fromEntries(Object.entries(variables).map(([name, text]) => [name, value(text)]));
}

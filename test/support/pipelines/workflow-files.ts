import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, type YAMLSeq } from "yaml";

const root = join(__dirname, "../../..");

/** Environment variables, whose values may hold expressions. */
type Env = Readonly<Record<string, string>>;

/** A step of a job or a composite action. */
export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly env?: Env;
  readonly "working-directory"?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly "continue-on-error"?: unknown;
}

export interface Job {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly env?: Env;
  readonly outputs?: Env;
  readonly strategy?: { readonly matrix?: string };
  readonly steps?: readonly Step[];
  readonly uses?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly "continue-on-error"?: unknown;
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly jobs: Readonly<Record<string, Job>>;
}

/** Path from the project's folder, and its text. */
export interface WorkflowFile {
  readonly path: string;
  readonly text: string;
}

const fileAt = (path: string): WorkflowFile => ({ path, text: readFileSync(join(root, path), "utf8") });

/** Every workflow of GitHub. */
export const githubWorkflows = (): WorkflowFile[] =>
  readdirSync(join(root, ".github/workflows"))
    .sort()
    .map((name) => fileAt(`.github/workflows/${name}`));

/** The action that the workflows share. */
export const setupAction = (): WorkflowFile => fileAt(".github/actions/setup/action.yml");

/** Every pipeline of GitLab. */
export const gitlabPipelines = (): WorkflowFile[] => [
  fileAt(".gitlab-ci.yml"),
  fileAt("ci/gitlab/build-and-push.yml"),
  fileAt("ci/gitlab/deploy-image.yml"),
];

/** A file of GitLab, whose `!reference` is a list of keys. */
export function parseGitlab(text: string): Readonly<Record<string, unknown>> {
  const reference = { tag: "!reference", collection: "seq" as const, resolve: (keys: YAMLSeq) => keys };
  return parse(text, { customTags: [reference] });
}

/** A command of this project in a pipeline. */
export interface UsedCommand {
  readonly script: string;
  /** The first arguments that are words. */
  readonly words: readonly string[];
  readonly flags: readonly string[];
}

/** Every `npm run` of a text. */
export function usedCommands(text: string): UsedCommand[] {
  return [...text.matchAll(/npm (?:run (?:--silent )?([\w:]+)|(test))(?: -- ([^\n]*))?/g)].map(
    ([, script, test, rest = ""]) => {
      const line = rest.split(/ \|\| | \|\| | >>? |\)/)[0] ?? "";
      return {
        script: script ?? test ?? "",
        words: /^(?:[a-z][\w-]*(?: |$))*/.exec(line)?.[0].trim().split(" ") ?? [],
        flags: [...line.matchAll(/(?<= |^)--[\w-]+/g)].map(([flag]) => flag),
      };
    },
  );
}

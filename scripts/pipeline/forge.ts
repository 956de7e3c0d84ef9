import { CommandError } from "../runner/command";

/** A comment or an issue that a pipeline of this project has written. */
export interface Written {
  /** As the API takes it in its path. */
  readonly id: string;
  readonly body: string;
}

/** An open issue. */
export interface Issue extends Written {
  readonly title: string;
}

/** What pipelines write to GitHub or GitLab. Only what the same account has written is found. */
export interface Forge {
  /** Comments on the pull request or merge request of the job. */
  comments(): Promise<Written[]>;
  addComment(body: string): Promise<void>;
  changeComment(id: string, body: string): Promise<void>;
  /** Open issues with the label `drift`. */
  issues(): Promise<Issue[]>;
  openIssue(title: string, body: string): Promise<void>;
  changeIssue(id: string, body: string): Promise<void>;
  closeIssue(id: string): Promise<void>;
}

/** Label of the issues about drift. */
export const driftLabel = "drift";

/** Environment variables of a job. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** @throws CommandError when the variable is not set */
export function required(variables: Variables, name: string, purpose: string): string {
  const value = variables[name];
  if (value !== undefined && value !== "") return value;
  throw new CommandError(`The variable ${name} is not set; set it to ${purpose}. Nothing was written.`);
}

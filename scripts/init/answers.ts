/** What `npm run init` asks, as text. Nothing in it is checked yet. */
export interface Answers {
  readonly project: string;
  readonly name: string;
  readonly tier: string;
  readonly accountId: string;
  readonly region: string;
  /** Short names, in order. */
  readonly repositories: readonly string[];
  /** Bucket for the state. @default - see {@link bucketOf} */
  readonly bucket?: string | undefined;
}

/** The flag that gives each answer. */
export const flags = {
  project: "--project",
  name: "--name",
  tier: "--tier",
  accountId: "--account",
  region: "--region",
  repositories: "--repositories",
  bucket: "--bucket",
} as const satisfies Record<keyof Answers, string>;

/** What `--yes` and Enter answer. An account, a Region and names are never guessed. */
export const defaultAnswers = { tier: "development", repositories: "web-app" } as const;

/** The file of an environment, e.g. `environments/dev.ts`. */
export const fileOf = (name: string): string => `environments/${name}.ts`;

/** The names in a list with commas. */
export const namesIn = (list: string): string[] =>
  list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

/** The state bucket, named as in the files that the project comes with, e.g. `myproject-dev-tfstate-123456789012`. */
export const bucketOf = ({ project, name, accountId, bucket }: Omit<Answers, "repositories">): string =>
  bucket ?? `${project}-${name}-tfstate-${accountId}`;

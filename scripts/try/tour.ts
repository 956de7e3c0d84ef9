import { newestTag, type Samples } from "./sample-images";

/** What a trial has to show. */
export interface Shown {
  readonly environment: string;
  /** URLs of the repositories by short name. */
  readonly urls: Readonly<Record<string, string>>;
  readonly samples: Samples;
  /** Copy of the project, whose files can be edited. */
  readonly folder: string;
  readonly endpoint: string;
}

/** One thing to look at. */
export interface Stop {
  /** What it shows, in one or two sentences. */
  readonly text: string;
  /** Arguments of a command, for a shell. */
  readonly command: string;
  /** Exit codes that it may have. */
  readonly exitCodes: readonly number[];
}

/** What to look at, in this order. Each command runs in the trial, from any terminal in the project. */
export function tourOf({ environment, samples, folder }: Shown): Stop[] {
  const ecr = (args: string, ...exitCodes: number[]) => ({
    command: inTrial(`npm run --silent ecr -- ${args}`),
    exitCodes: exitCodes.length === 0 ? [0] : exitCodes,
  });
  return [
    {
      text: "How each repository is scanned and replicated, and by which rule:",
      ...ecr(`registry explain --env ${environment}`),
    },
    ...(samples.full === undefined
      ? []
      : [
          {
            text: `Which of the images in ${samples.full} ECR removes when it next applies the lifecycle policy (exit code 2: one of them is in use):`,
            ...ecr(`lifecycle preview --env ${environment} --repository ${samples.full}`, 0, 2),
          },
        ]),
    {
      text: "What the scan of an image found, as a gate of a pipeline judges it (exit code 2: it does not pass; the emulator finds the same in every image):",
      ...ecr(`scan-gate --env ${environment} --image ${samples.scanned}:${newestTag} --severity LOW`, 0, 2),
    },
    {
      text: `What a deploy would do now. Someone has changed the tag mutability of ${samples.changed} outside Terraform; the report is a page for a browser (exit code 0: nothing risky, 2: risky, 3: a gate would stop a pipeline):`,
      command: inTrial(`npm run --silent plan -- ${environment} --html ${folder}/report.html`),
      exitCodes: [0, 2, 3],
    },
    {
      text: `Set it back. You can also edit ${folder}/environments/${environment}.ts first, and see what that changes:`,
      command: inTrial(`npm run --silent deploy -- ${environment} --auto-approve`),
      exitCodes: [0],
    },
  ];
}

const inTrial = (command: string): string => `npm run --silent try -- exec ${command}`;

/** What a trial prints when it is ready. */
export function guide(shown: Shown): string {
  const width = Math.max(...Object.keys(shown.urls).map((name) => name.length));
  return [
    "",
    `Repositories of ${shown.environment}, in the emulator at ${shown.endpoint}:`,
    ...Object.entries(shown.urls).map(([name, url]) => `  ${name.padEnd(width)}  ${url}`),
    "",
    "The emulator has the APIs of AWS, but no Docker registry: docker push and pull do not work.",
    "",
    "What to look at next, in another terminal in this folder:",
    ...tourOf(shown).flatMap(({ text, command }) => ["", `  ${text}`, `    ${command}`]),
    "",
    "Any other command runs against the emulator in the same way: npm run --silent try -- exec <command>",
    "Ctrl-C ends the trial, or in another terminal: npm run try -- --down",
    "",
  ].join("\n");
}

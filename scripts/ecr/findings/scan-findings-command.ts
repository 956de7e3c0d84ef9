import { writeFileSync } from "node:fs";
import { type Command, Option } from "commander";
import type { Environment } from "../../../environments/plan/environment";
import { repositoryName as fullName } from "../../../environments/plan/repository-names";
import { todayInUtc } from "../../review/gates/acknowledgement";
import { writeReport } from "../../review/report/report-file";
import { CommandError } from "../../runner/command";
import { imageNamed, tagOrDigest } from "../image/image-id";
import { exitCodeOf } from "../image/scan-verdict";
import { type Severity, severities } from "../image/severity";
import {
  chosenEnvironment,
  type SetExitCode,
  type VerbHelp,
  type VerbOptions,
  verb,
  writeResult,
} from "../verb";
import { asJson, asText } from "./findings-output";
import { type ImageFindings, judged, remainingScans } from "./image-findings";
import { asMarkdown } from "./markdown";
import { asSarif } from "./sarif";
import { showsColours } from "./severity-colour";
import { idleText } from "./suppress";
import { suppressionsIn } from "./suppression-file";

interface FindingsOptions extends VerbOptions {
  readonly image: string;
  readonly threshold: Severity;
  readonly fixable?: boolean;
  readonly suppress?: string;
  readonly sarif?: string;
  readonly markdown?: string;
}

const help: VerbHelp = {
  notes: `Basic scanning, and enhanced scanning with Amazon Inspector. Of a manifest list, the image of each platform is read.
--suppress names a JSON file. An entry counts to the end of its day in UTC. One that has expired or matches nothing is printed:
  {"suppressions": [{"id": "CVE-2024-3094", "package": "xz-utils", "reason": "sshd is not in the image", "expires": "2027-01-31"}]}
--fixable leaves out the findings without a fix. Basic scans do not tell, so it leaves none of theirs out.
--sarif writes SARIF 2.1.0, which GitHub code scanning shows: upload the file with github/codeql-action/upload-sarif.`,
  exitCodes: {
    0: "no finding is of the threshold or worse",
    2: "there are such findings",
    1: "it cannot be told, e.g. because a scan is not done",
  },
  examples: [
    "--env prod --image web-app:v1.2.3",
    "--env prod --image web-app:v1.2.3 --fixable --threshold CRITICAL --suppress suppressions.json",
    "--env prod --image web-app:v1.2.3 --sarif findings.sarif --markdown findings.md",
    "--env prod --image web-app@sha256:0123... --json",
  ],
};

/**
 * `scan-findings`: what the scans of an image found.
 *
 * @param setExitCode receives the exit code
 */
export function scanFindingsCommand(setExitCode: SetExitCode): Command {
  return verb("scan-findings", "Show what the scans of an image found.", help)
    .requiredOption("--image <image>", "e.g. web-app:v1.2.3, web-app@sha256:..., or the image's URI")
    .addOption(
      new Option("--threshold <severity>", "the mildest severity that gives exit code 2")
        .choices(severities)
        .default("HIGH"),
    )
    .option("--fixable", "leave out findings without a fix")
    .option("--suppress <file>", "findings that are accepted, with a reason and a last day for each")
    .option("--sarif <file>", "also write the findings as SARIF 2.1.0")
    .option("--markdown <file>", "also write the findings as Markdown")
    .action(async (options: FindingsOptions) => {
      const found = await findingsOf(options);
      write(options, found);
      setExitCode(exitCodeOf(remainingScans(found.platforms), options.threshold));
    });
}

async function findingsOf(options: FindingsOptions): Promise<ImageFindings> {
  const environment = chosenEnvironment(options);
  const image = imageNamed(options.image, environment);
  const suppressions = options.suppress === undefined ? [] : suppressionsIn(options.suppress);
  const { AccountConnection } = await import("../account-connection.js");
  const { findImage } = await import("../image/found-image.js");
  const { readFindings } = await import("./read-findings.js");
  const account = await AccountConnection.open(environment);
  const { registryId, repositoryName } = image;
  const found = await account.ask(repositoryName, () => findImage(account.ecr(), image));
  if (found === undefined)
    throw new CommandError(`${repositoryName} has no image ${tagOrDigest(image.imageId)}; push it first`);
  const platforms = [];
  for (const platform of found.platforms) {
    const scanned = { registryId, repositoryName, imageDigest: platform.digest };
    platforms.push({
      ...platform,
      ...(await account.ask(`The findings of ${repositoryName}`, () => readFindings(account.ecr(), scanned))),
    });
  }
  return {
    ...{ image: options.image, repositoryName, digest: found.digest },
    ...judged(platforms, {
      fixable: options.fixable ?? false,
      suppressions,
      repository: shortNameOf(repositoryName, environment),
      today: todayInUtc(),
    }),
  };
}

/** Files first: whoever reads the output finds them. */
function write(options: FindingsOptions, found: ImageFindings): void {
  const { sarif, markdown, threshold, json = false } = options;
  if (sarif !== undefined) writeFileSync(sarif, `${JSON.stringify(asSarif(found), null, 2)}\n`);
  if (markdown !== undefined) writeReport(markdown, asMarkdown(found, threshold));
  writeResult(options, asJson(found, threshold), () => asText(found, threshold, showsColours()));
  if (json) for (const idle of found.idle) process.stderr.write(`${idleText(idle)}\n`);
}

/** An image's URI can name a repository that is not of the environment; it has no short name. */
function shortNameOf(repositoryName: string, environment: Environment): string {
  const names = Object.keys(environment.ecr.repositories);
  return names.find((shortName) => fullName(environment, shortName) === repositoryName) ?? repositoryName;
}

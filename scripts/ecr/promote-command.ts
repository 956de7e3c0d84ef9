import { Command, Option } from "commander";
import type { Environment } from "../../environments/plan/environment";
import { repositoryName } from "../../environments/plan/repository-names";
import { tagMayMove } from "../../modules/ecr/repository/tag-mutability";
import { listedProject } from "../environment-files/listed-project";
import { CommandError } from "../runner/command";
import { environmentNamed } from "../runner/selection";
import { isGated } from "./gate/gate-before-deploy";
import { gateJson } from "./gate/gate-output";
import { type ImageId, imageNamed, nameOf } from "./image/image-id";
import { type Severity, severities } from "./image/severity";
import { type Promotion, promoteImage } from "./promote/promote-image";
import { promotionText } from "./promote/promotion-output";
import { repositoryOption } from "./repository-option";
import { helpText, type SetExitCode, type VerbHelp, writeResult } from "./verb";

interface PromoteOptions {
  readonly from: string;
  readonly to: string;
  readonly repository?: string;
  readonly severity?: Severity;
  readonly acceptFindings?: string;
  readonly sourceRole?: string;
  readonly moveTags?: boolean;
  readonly apply?: boolean;
  readonly json?: boolean;
}

const help: VerbHelp = {
  notes: `Copies an image by digest, with the images of all its platforms and with what is attached to them: signatures, SBOMs and
attestations, as referrers or under tags such as sha256-....sig. Layers and manifests keep their bytes and digests, which are
checked. What is there is not copied again. Without --apply, nothing is changed. If the target has the tag on another image, it
says which, and with --move-tags the tag moves; an immutable tag stays.

The image has to pass a gate first, by what its own registry knows of it: imageGate of --to with its exceptions if its file has
one, or else the scan gate. Of the severities there and in --severity, the stricter counts. imageGate does not check the age here,
because it starts with the copy.
Your credentials must be of the account of --to. They read the registry of --from, if that is another account, as its repository
policy allows, or through --source-role.`,
  exitCodes: {
    0: "the image is there",
    2: "it would be copied (without --apply)",
    3: "the gate refuses it, or a tag would move (without --move-tags)",
    1: "something failed",
    130: "after Ctrl-C",
  },
  examples: ["--from dev --to prod web-app:v1.2.3", "--from dev --to prod web-app:v1.2.3 --apply"],
};

/**
 * `promote`: copy an image from the registry of one environment to that of another.
 *
 * @param setExitCode receives the exit code
 */
export function promoteCommand(setExitCode: SetExitCode): Command {
  return new Command("promote")
    .description("Copy an image from one environment's registry to another's, with its signatures and SBOMs.")
    .argument("<image>", "image of --from, e.g. web-app:v1.2.3 or web-app@sha256:...")
    .requiredOption("--from <name>", "environment that has the image, e.g. dev")
    .requiredOption("--to <name>", "environment that gets it, e.g. prod")
    .addOption(repositoryOption("short name of the repository in --to, if it differs"))
    .addOption(
      new Option(
        "--severity <severity>",
        "the mildest severity of findings that the gate refuses (default: that of imageGate in --to, or else HIGH)",
      ).choices(severities),
    )
    .option(
      "--accept-findings <reason>",
      "copy an image that the scan gate refuses; the reason is printed. imageGate has exceptions instead",
    )
    .option("--move-tags", "move tags that the target has on other images")
    .option("--source-role <arn>", "role in the account of --from to read with")
    .option("--apply", "copy")
    .option("--json", "print JSON")
    .addHelpText("after", helpText("promote", help))
    .action(async (image: string, options: PromoteOptions) => setExitCode(await promote(image, options)));
}

async function promote(named: string, options: PromoteOptions): Promise<number> {
  const { environments } = listedProject();
  const [from, to] = [
    environmentNamed(options.from, environments),
    environmentNamed(options.to, environments),
  ];
  const source = imageNamed(named, from);
  const target = targetOf(source, from, to, options.repository);
  // Each Region is a registry of its own.
  const isSame = source.registryId === target.registryId && from.region === to.region;
  if (isSame && source.repositoryName === target.repositoryName)
    throw new CommandError(`${source.repositoryName} is the source and the target; choose another --to`);
  if (options.acceptFindings?.trim() === "")
    throw new CommandError("--accept-findings: say why, e.g. a link to the decision");
  const shortName = options.repository ?? shortNameIn(to, target.repositoryName);
  const asked = { severity: options.severity, accepted: options.acceptFindings !== undefined };
  const { AccountConnection } = await import("./account-connection.js");
  const { gateVerdict, promotionRules, scanVerdict, usualSeverity } = await import(
    "./promote/promotion-verdict.js"
  );
  const gated = isGated(to)
    ? { target: to, repository: shortName, rules: promotionRules(to, shortName, asked) }
    : undefined;
  const account = await AccountConnection.open(to);
  const reader = options.sourceRole === undefined ? account : await account.inRole(options.sourceRole);
  if (options.sourceRole !== undefined && reader.accountId !== from.accountId)
    throw new CommandError(
      `--source-role is in account ${reader.accountId}, but ${from.name} is in ${from.accountId}`,
    );
  const place = { ...source, client: reader.ecr(from.region), region: from.region };
  const promotion: Promotion = await promoteImage({
    source: place,
    target: { ...target, client: account.ecr(to.region), region: to.region },
    judge: (found) =>
      gated === undefined
        ? scanVerdict(place, found, asked)
        : gateVerdict({ ...gated, account: reader, source: place, found, named }),
    moveTags: options.moveTags ?? false,
    isMutable: mutabilityOf(to, target.repositoryName),
    apply: options.apply ?? false,
    environment: to,
  });
  const { gate, ...copied } = promotion;
  const result = { ...copied, image: { repository: shortName, digest: promotion.digest } };
  const imageGate = gate === undefined ? null : gateJson(to, [gate.result], gate.idle);
  writeResult(options, { ...result, imageGate, acceptedFindings: options.acceptFindings ?? null }, () =>
    promotionText(promotion, {
      ...{ named, target, shortName, to },
      options: { ...options, severity: options.severity ?? usualSeverity },
    }),
  );
  if (promotion.problems.length > 0) return 1;
  if (promotion.refused || (promotion.wouldMove && options.apply === true)) return 3;
  return promotion.lacking.length > 0 && !promotion.applied ? 2 : 0;
}

/** The repository that gets the image. @throws CommandError when the environment has none of that name */
function targetOf(
  source: ImageId,
  from: Environment,
  to: Environment,
  repository: string | undefined,
): { readonly registryId: string; readonly repositoryName: string } {
  const shortName = repository ?? shortNameIn(from, source.repositoryName);
  return { registryId: to.accountId, repositoryName: nameOf(shortName, to) };
}

/** Whether a repository of an environment can move a tag, as the file declares it. */
function mutabilityOf(environment: Environment, name: string): (tag: string) => boolean {
  const [, options] =
    Object.entries(environment.ecr.repositories).find(
      ([shortName]) => repositoryName(environment, shortName) === name,
    ) ?? [];
  if (options === undefined) return () => true;
  const { imageTagMutability: mode, imageTagMutabilityExclusionFilters: filters } = options;
  return (tag) => tagMayMove(tag, mode, filters);
}

/** Short name of a repository. @throws CommandError when the environment does not declare it */
function shortNameIn(environment: Environment, name: string): string {
  const found = Object.keys(environment.ecr.repositories).find(
    (shortName) => repositoryName(environment, shortName) === name,
  );
  if (found === undefined)
    throw new CommandError(
      `${environment.file} has no repository ${name}; name the target with --repository`,
    );
  return found;
}

import type { ImageGateOptions } from "../../../environments/options/image-gate";
import { type GateRules, gateRulesOf, platformsOfRepository } from "../../../environments/plan/image-gate";
import { CommandError } from "../../runner/command";
import type { AccountConnection } from "../account-connection";
import { type GatedEnvironment, milder } from "../gate/gate-before-deploy";
import { type GateResult, type IdleException, idleExceptions } from "../gate/gate-images";
import { gateExitCode, judgeImage } from "../gate/judge-image";
import { readGatedImage } from "../gate/read-gated-image";
import type { FoundImage } from "../image/found-image";
import { scanOf } from "../image/scan";
import { awaitScans, exitCodeOf, type PlatformScan } from "../image/scan-verdict";
import type { Severity } from "../image/severity";
import { RepositoryReader } from "../images/repository-reader";
import type { RepositoryPlace } from "../replication/copy/copy-place";

/** What is said of an image before it is copied. */
export interface PromotionVerdict {
  readonly scans: readonly PlatformScan[];
  /** Whether it must not be copied. */
  readonly refused: boolean;
  /** What `imageGate` of the target says. @default - the target has no gate */
  readonly gate?: { readonly result: GateResult; readonly idle: readonly IdleException[] };
}

/** What the command line asks for besides the file. */
export interface AskedOfFindings {
  /** The mildest severity that refuses. @default - that of `imageGate`, or else HIGH */
  readonly severity?: Severity | undefined;
  /** Whether to copy an image in spite of its findings. */
  readonly accepted: boolean;
}

/** What refuses if neither the file nor the command line says it. */
export const usualSeverity: Severity = "HIGH";

/**
 * The rules for an image that an environment gets: those of its gate, without the age, which counts from the push that the copy
 * is. Of two severities, the stricter counts.
 *
 * @param repository short name in the environment
 * @throws CommandError when findings are to be accepted that the file refuses: there, an exception has a last day
 */
export function promotionRules(
  { imageGate: gate, name, file }: GatedEnvironment,
  repository: string,
  { severity, accepted }: AskedOfFindings,
): GateRules {
  const rules = { ...gateRulesOf(gate, repository), maxAgeDays: undefined };
  if (!accepted) return { ...rules, severity: milder(rules.severity, severity) ?? usualSeverity };
  if (rules.severity === undefined) return rules;
  throw new CommandError(
    `--accept-findings: imageGate of ${name} refuses images with findings that are ${rules.severity} or worse; add the digest with a reason and a day to imageGate.exceptions in ${file}`,
  );
}

/** The verdict of the scans, for an environment without a gate. */
export async function scanVerdict(
  { client, region: _, ...repository }: RepositoryPlace,
  { platforms }: FoundImage,
  { severity = usualSeverity, accepted }: AskedOfFindings,
): Promise<PromotionVerdict> {
  const scans = await awaitScans(platforms, (imageDigest) => scanOf(client, { ...repository, imageDigest }), {
    timeout: 0,
  });
  return { scans, refused: !accepted && exitCodeOf(scans, severity) !== 0 };
}

/** An image where it is, and the gate of the environment that gets it. */
export interface GatedPromotion {
  /** Whose credentials read the image. */
  readonly account: AccountConnection;
  readonly source: RepositoryPlace;
  readonly found: FoundImage;
  /** The image as the command line names it. */
  readonly named: string;
  readonly target: GatedEnvironment;
  /** Short name in the target. */
  readonly repository: string;
  readonly rules: GateRules;
}

/** The verdict of the target's gate, from what the source's registry knows: the signatures are copied with the image. */
export async function gateVerdict(promotion: GatedPromotion): Promise<PromotionVerdict> {
  const { account, source, found, named, target, repository, rules } = promotion;
  const { registryId: accountId, repositoryName: name, region } = source;
  const reader = new RepositoryReader(
    account,
    { kind: "own", repository, name, accountId, region },
    new AbortController().signal,
  );
  const now = new Date();
  const gate: ImageGateOptions = target.imageGate;
  const image = await readGatedImage(reader, {
    ...{ imageId: { imageDigest: found.digest }, rules, timeout: 0 },
  });
  const wanted = platformsOfRepository(target, repository);
  const verdict = judgeImage(image, { rules, wanted, exceptions: gate.exceptions, now });
  const result = { label: named, image, rules, ...verdict };
  return {
    scans:
      rules.severity === undefined
        ? []
        : image.platforms.map(({ digest, name: platform, scan }) => ({ digest, name: platform, scan })),
    refused: gateExitCode([verdict]) !== 0,
    gate: { result, idle: judgedHere(idleExceptions(gate, [result], false, now)) },
  };
}

/** Without exceptions for the age, which a promotion does not check: whether one has an effect is not known here. */
export const judgedHere = (idle: readonly IdleException[]): IdleException[] =>
  idle.filter(({ exception, why }) => exception.check !== "age" || why === "expired");

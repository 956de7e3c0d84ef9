import type { GateCheck, GateException } from "../../../environments/options/image-gate";
import { isPlatform } from "../../../environments/plan/build-platforms";
import type { GateRules, GateSeverity, WantedPlatform } from "../../../environments/plan/image-gate";
import type { Scan } from "../image/scan";
import { type GateFinding, remainingFindings } from "./remaining-findings";

/** The image of one platform, as the gate sees it. */
export interface GatedPlatform {
  readonly digest: string;
  /** E.g. `linux/arm64`. Empty if neither a manifest list nor the configuration of the image says it. */
  readonly name: string;
  readonly scan: Scan;
  /** All findings of a scan that is done. */
  readonly findings: readonly GateFinding[];
}

/** An image as the gate sees it. */
export interface GatedImage {
  readonly digest: string;
  /** When it was pushed to its repository. @default - ECR does not say */
  readonly pushedAt: Date | undefined;
  /** How many signatures of exactly this digest the repository has. */
  readonly signatures: number;
  /** The images of a manifest list, without attestations, or else the image itself. */
  readonly platforms: readonly GatedPlatform[];
}

/** A reason why an image does not pass. */
export interface GateProblem {
  readonly check: GateCheck;
  /** `unjudged`: what the check needs is not known, e.g. a scan that is not done. */
  readonly kind: "refused" | "unjudged";
  /** The end of a sentence whose subject is the image. */
  readonly text: string;
}

/** What the gate says of an image. It passes if there is no problem. */
export interface GateVerdict {
  readonly problems: readonly GateProblem[];
  /** The exceptions without which there would be more problems. */
  readonly used: ReadonlySet<GateException>;
}

/** What an image is judged by. */
export interface GateCase {
  readonly rules: GateRules;
  readonly wanted: readonly WantedPlatform[];
  readonly exceptions: readonly GateException[];
  readonly now: Date;
}

const dayLength = 24 * 60 * 60 * 1000;

/** Whether an exception is past its last day, in UTC. */
export const hasExpired = ({ expires }: Pick<GateException, "expires">, now: Date): boolean =>
  expires < now.toISOString().slice(0, 10);

/**
 * Judge an image by every rule of a gate. What is not known never passes. An exception sets aside one check of the digest that
 * it names: that of the whole image, or that of one platform's image.
 */
export function judgeImage(image: GatedImage, { rules, wanted, exceptions, now }: GateCase): GateVerdict {
  const valid = exceptions.filter((exception) => !hasExpired(exception, now));
  const used = new Set<GateException>();
  const problems: GateProblem[] = [];
  const report: Report = (check, digests, problem) => {
    const setAside = valid.filter((one) => one.check === check && digests.includes(one.digest));
    if (setAside.length === 0) problems.push({ check, ...problem });
    for (const one of setAside) used.add(one);
  };
  const whole = (check: GateCheck, problem: Omit<GateProblem, "check"> | undefined) => {
    if (problem !== undefined) report(check, [image.digest], problem);
  };
  const scanned = (platform: GatedPlatform, severity: GateSeverity) => {
    const { digest, scan, findings } = platform;
    const digests = [image.digest, digest];
    const of = digest === image.digest ? "" : `for ${platform.name} `;
    if (scan.state !== "done")
      return report("scan", digests, unjudged(`${of}has no finished scan: ${scan.reason}`));
    const excepted = valid.filter((one) => one.check === "findings" && digests.includes(one.digest));
    const remaining = remainingFindings(scan.counts, findings, severity, { exceptions: excepted, used });
    if (remaining !== undefined) problems.push({ check: "findings", ...refused(of + remaining) });
  };
  if (rules.severity !== undefined) {
    if (image.platforms.length === 0) whole("scan", unjudged("has no image in its manifest list"));
    for (const platform of image.platforms) scanned(platform, rules.severity);
  }
  if (rules.requireSignature && image.signatures === 0)
    whole("signature", refused("has no signature in its repository"));
  if (rules.maxAgeDays !== undefined) whole("age", ageProblem(image.pushedAt, rules.maxAgeDays, now));
  if (rules.requireArchitecture)
    for (const { platform, by } of wanted)
      whole("architecture", architectureProblem(image.platforms, platform, by));
  return { problems, used };
}

/** Takes a problem, unless an exception for one of the digests sets it aside. */
type Report = (check: GateCheck, digests: readonly string[], problem: Omit<GateProblem, "check">) => void;

const refused = (text: string) => ({ kind: "refused" as const, text });
const unjudged = (text: string) => ({ kind: "unjudged" as const, text });

function ageProblem(
  pushedAt: Date | undefined,
  most: number,
  now: Date,
): Omit<GateProblem, "check"> | undefined {
  if (pushedAt === undefined) return unjudged("has no push time");
  const age = (now.getTime() - pushedAt.getTime()) / dayLength;
  return age <= most
    ? undefined
    : refused(
        `was pushed ${Math.floor(age)} days ago, and ${most} ${most === 1 ? "day is" : "days are"} allowed`,
      );
}

function architectureProblem(
  platforms: readonly GatedPlatform[],
  wanted: string,
  by: string,
): Omit<GateProblem, "check"> | undefined {
  if (platforms.some(({ name }) => isPlatform(name, wanted))) return undefined;
  const named = platforms.map(({ name }) => name).filter((name) => name !== "");
  return named.length < platforms.length
    ? unjudged(`does not say which architecture it is for, and ${by} runs on ${wanted}`)
    : refused(`is for ${named.join(", ") || "no platform"}, and ${by} runs on ${wanted}`);
}

/** 0 if every image passes, 2 if one is refused, and otherwise 1: an image that cannot be judged never passes. */
export function gateExitCode(verdicts: readonly Pick<GateVerdict, "problems">[]): 0 | 1 | 2 {
  const problems = verdicts.flatMap((verdict) => verdict.problems);
  if (problems.some(({ kind }) => kind === "refused")) return 2;
  return problems.length === 0 ? 0 : 1;
}

import type { GateException, ImageGateOptions } from "../../../environments/options/image-gate";
import type { Environment } from "../../../environments/plan/environment";
import { type GateRules, gateRulesOf, type WantedPlatform } from "../../../environments/plan/image-gate";
import { CommandError } from "../../runner/command";
import type { AccountConnection } from "../account-connection";
import { chosenRepository } from "../addresses/chosen-repository";
import type { ImageId } from "../image/image-id";
import { type GatedImage, type GateVerdict, hasExpired, judgeImage } from "./judge-image";

/** An image that the gate is asked about. */
export interface GateTarget {
  /** As messages name it, e.g. `web-app:v1.2.3`. */
  readonly label: string;
  /** Short name, a cache and the path of the image, or the full name of an unmanaged repository. */
  readonly repository: string;
  readonly imageId: ImageId["imageId"];
  readonly wanted: readonly WantedPlatform[];
}

/** What the gate says of one of them. */
export interface GateResult extends GateVerdict {
  readonly label: string;
  /** @default - there is no such image, or it cannot be read */
  readonly image: GatedImage | undefined;
  /** Why the image could not be read, if that is so. */
  readonly failure?: string;
  readonly rules: GateRules;
}

/** An exception that set nothing aside, and why. */
export interface IdleException {
  /** Place in `imageGate.exceptions`. */
  readonly index: number;
  readonly exception: GateException;
  readonly why: "expired" | "unused";
}

/** How the gate is asked. */
export interface GateQuestion {
  readonly account: AccountConnection;
  readonly environment: Environment;
  readonly gate: ImageGateOptions;
  /** Changes the rules of the file, e.g. to what a flag adds. @default - the rules of the file */
  readonly stricter?: (rules: GateRules) => GateRules;
  /** Longest time to wait for scans, in seconds. */
  readonly timeout: number;
  readonly signal: AbortSignal;
  readonly now?: Date;
}

/** Ask the gate about images. An image that cannot be read is a problem of that image, so that all are reported at once. */
export async function gateImages(
  question: GateQuestion,
  targets: readonly GateTarget[],
): Promise<GateResult[]> {
  const { account, environment, gate, signal, timeout, now = new Date(), stricter = same } = question;
  const { RepositoryReader } = await import("../images/repository-reader.js");
  const { readGatedImage } = await import("./read-gated-image.js");
  const judge = async ({ label, repository, imageId, wanted }: GateTarget): Promise<GateResult> => {
    const rules = stricter(gateRulesOf(gate, repository));
    try {
      const reader = new RepositoryReader(account, chosenRepository(environment, { repository }), signal);
      const image = await readGatedImage(reader, { imageId, rules, timeout });
      const verdict = judgeImage(image, { rules, wanted, exceptions: gate.exceptions, now });
      return { label, image, rules, ...verdict };
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      return unread(label, rules, error.message);
    }
  };
  const results: GateResult[] = [];
  for (const target of targets) results.push(await judge(target));
  return results;
}

const same = (rules: GateRules): GateRules => rules;

const unread = (label: string, rules: GateRules, failure: string): GateResult => ({
  ...{ label, rules, failure, image: undefined, used: new Set() },
  problems: [{ check: "scan", kind: "unjudged", text: `cannot be read: ${failure}` }],
});

/**
 * The exceptions for these images that set nothing aside. Whether one for findings would is not known before the scan is done.
 *
 * @param all whether these are all images of the environment, so that an exception for another image is idle too
 */
export function idleExceptions(
  { exceptions }: ImageGateOptions,
  results: readonly GateResult[],
  all: boolean,
  now: Date,
): IdleException[] {
  const used = new Set(results.flatMap((result) => [...result.used]));
  const read = results.flatMap(({ image }) => image ?? []);
  const missing = read.length < results.length;
  return exceptions.flatMap((exception, index): IdleException[] => {
    const { digest, check } = exception;
    const platforms = read.flatMap((image) =>
      image.platforms.filter((platform) => image.digest === digest || platform.digest === digest),
    );
    if (used.has(exception) || (platforms.length === 0 && (!all || missing))) return [];
    if (hasExpired(exception, now)) return [{ index, exception, why: "expired" }];
    const isOpen = check === "findings" && platforms.some(({ scan }) => scan.state !== "done");
    return isOpen ? [] : [{ index, exception, why: "unused" }];
  });
}

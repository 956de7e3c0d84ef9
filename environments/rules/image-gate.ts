import type { UncheckedEnvironment } from "../options/environment";
import type { UncheckedImageGate } from "../options/image-gate";
import { uncheckedConsumers } from "../plan/consumers";
import { otherRepository } from "../plan/other-registries";
import { cachedImage } from "../plan/pull-through-caches";
import { unknownName } from "../schema/problem";
import type { RuleContext } from "../schema/rule";
import { entriesIn, itemsIn, namesIn, textsIn } from "../schema/unchecked";

/** Rules for the gate of images. */
export function imageGateRules(environment: UncheckedEnvironment, context: RuleContext): void {
  const gate = environment.imageGate;
  profileIsUsed(environment, context);
  if (typeof gate !== "object" || gate === null) return;
  const at = context.at("imageGate");
  checksSomething(gate, at);
  repositories(environment, gate, at.at("repositories"));
  exceptions(gate, at.at("exceptions"));
  imagesOfOthers(environment, gate, context);
}

/** The owner of a registry alone can read its scans. https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html */
function imagesOfOthers(
  environment: UncheckedEnvironment,
  gate: UncheckedImageGate,
  context: RuleContext,
): void {
  const accepted = textsIn(gate.uncheckedAccounts);
  const used = new Set<string>();
  for (const { path, options } of uncheckedConsumers(environment)) {
    const url = options.image?.repository;
    const account = typeof url === "string" ? otherRepository(url)?.accountId : undefined;
    if (account === undefined) continue;
    used.add(account);
    if (!accepted.some(([one]) => one === account))
      context.problem(
        [...path, "image", "repository"],
        url,
        `imageGate cannot read scans, signatures and dates in the registry of ${account}; copy the image to a repository of ecr.repositories, or add "${account}" to imageGate.uncheckedAccounts`,
      );
  }
  for (const [account, index] of accepted)
    if (!used.has(account))
      context.problem(
        ["imageGate", "uncheckedAccounts", index],
        account,
        "no consumer runs an image of this account; remove it",
      );
}

/** Nobody may sign with a profile that no repository needs. */
function profileIsUsed({ security, imageGate }: UncheckedEnvironment, { problem }: RuleContext): void {
  if (security?.signingProfile !== true) return;
  const gates = [imageGate, ...entriesIn(imageGate?.repositories).map(([, options]) => options)];
  if (!gates.some((gate) => gate?.requireSignature === true))
    problem(
      ["security", "signingProfile"],
      true,
      "no role may sign with the profile, because no repository needs signatures; set requireSignature: true in imageGate, or remove signingProfile",
    );
}

function checksSomething(gate: UncheckedImageGate, { problem }: RuleContext): void {
  const own = entriesIn(gate.repositories).map(([, options]) => options);
  const checks = [gate, ...own].some(
    ({ severity, maxAgeDays, requireSignature, requireArchitecture }, index) =>
      severity !== undefined ||
      maxAgeDays !== undefined ||
      requireSignature === true ||
      (index === 0 ? requireArchitecture !== false : requireArchitecture === true),
  );
  if (!checks)
    problem(
      [],
      gate,
      "the gate checks nothing; add severity, maxAgeDays or requireSignature, or remove imageGate",
    );
}

function repositories(
  { ecr }: UncheckedEnvironment,
  gate: UncheckedImageGate,
  { problem }: RuleContext,
): void {
  const names = namesIn(ecr?.repositories) ?? [];
  const caches = namesIn(ecr?.pullThroughCache) ?? [];
  for (const name of namesIn(gate.repositories) ?? []) {
    const cached = cachedImage(name, caches);
    if (names.includes(name) || (cached !== undefined && cached.path !== "")) continue;
    problem(
      [name],
      name,
      cached === undefined
        ? unknownName("ecr.repositories", "repository", name, names)
        : `"${name}" is a cache, not an image; add the path of the image after it`,
    );
  }
}

function exceptions(gate: UncheckedImageGate, { problem }: RuleContext): void {
  const seen = new Map<string, number>();
  for (const [item, index] of itemsIn(gate.exceptions)) {
    if (typeof item !== "object" || item === null) continue;
    const { digest, check, finding } = item as { digest?: unknown; check?: unknown; finding?: unknown };
    if (finding !== undefined && check !== undefined && check !== "findings")
      problem(
        [index, "finding"],
        finding,
        'only the check "findings" has findings; set check: "findings" or remove finding',
      );
    const key = JSON.stringify([digest, check, finding]);
    const earlier = seen.get(key);
    if (earlier !== undefined && typeof digest === "string")
      problem(
        [index],
        digest,
        `exceptions[${earlier}] already contains this exception; remove one of the two`,
      );
    else seen.set(key, index);
  }
}

import type { EnvironmentInput } from "../../environments/options/environment";
import { certificateOptions } from "./trial-certificate";

/** What a trial deploys of an environment. */
export interface TrialScope {
  /** Everything, or the registries alone. */
  readonly all: boolean;
  /** Digests of the images that were pushed, by the short name of the repository. @default - none was */
  readonly images?: Readonly<Record<string, string>>;
  /** Of a certificate that the emulator has, in place of those of its account and Region. @default - none is replaced */
  readonly certificateArn?: string;
}

/** Production rules about what a trial of the registries leaves out. An exception without a violation is refused. */
const rulesOfTheRest = [
  "deletion-protection",
  "consumers-run-fixed-images",
  "recoverable-secrets",
  "nat-per-zone",
];

/**
 * The options of an environment as a trial deploys them: with local state, and without pipelines, which cannot reach it.
 *
 * A consumer that awaits its first push gets the image that the trial has pushed to its repository, and a load balancer the
 * certificate that it has requested.
 */
export function trialOptions(given: EnvironmentInput, scope: TrialScope): EnvironmentInput {
  const { security, ...options } = given;
  const { ci: _, ...rest } = security ?? {};
  const local = { ...options, ...(security && { security: rest }), state: { backend: "local" as const } };
  return scope.all ? (inEmulator(local, scope) as EnvironmentInput) : registriesOf(local);
}

/** What only these parts need goes with them. Warnings differ, so none is accepted. */
function registriesOf(options: EnvironmentInput): EnvironmentInput {
  const left = ["network", "ecs", "lambda", "eks", "acceptedWarnings", "deletionProtection"];
  const kept = Object.fromEntries(Object.entries(options).filter(([name]) => !left.includes(name)));
  const { security, productionExceptions } = options;
  const { secrets: _, ...otherSecurity } = security ?? {};
  const exceptions = productionExceptions?.filter(({ rule }) => !rulesOfTheRest.includes(rule));
  return {
    ...(kept as EnvironmentInput),
    ...(security && { security: otherSecurity }),
    ...(exceptions && { productionExceptions: exceptions }),
  };
}

/** Each `{ repository, awaitsFirstPush: true }` with a digest in place of the second, and each certificate the trial's. */
function inEmulator(value: unknown, scope: TrialScope): unknown {
  if (Array.isArray(value)) return value.map((entry) => inEmulator(entry, scope));
  if (typeof value !== "object" || value === null) return value;
  const { awaitsFirstPush, ...image } = value as { awaitsFirstPush?: unknown; repository?: unknown };
  const digest = typeof image.repository === "string" ? scope.images?.[image.repository] : undefined;
  if (awaitsFirstPush === true && digest !== undefined) return { ...image, digest };
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      certificateOptions.includes(key) ? certificates(entry, scope) : inEmulator(entry, scope),
    ]),
  );
}

/** A certificate, or a list, in which the trial's stands once. */
const certificates = (given: unknown, scope: TrialScope): unknown =>
  Array.isArray(given)
    ? [...new Set(given.map((one) => certificate(one, scope)))]
    : certificate(given, scope);

/** Of another account or Region, it belongs to an environment that the trial does not deploy. */
function certificate(given: unknown, { certificateArn }: TrialScope): unknown {
  const place = (arn: unknown) => String(arn).split(":").slice(0, 5).join(":");
  return certificateArn !== undefined && place(given) === place(certificateArn) ? certificateArn : given;
}

import type { Environment } from "../../../environments/plan/environment";
import type { GateResult, IdleException } from "./gate-images";
import { gateExitCode } from "./judge-image";

/** A line for each image that passes and each problem, what to do, and a line for each exception to look at. */
export function gateText(
  environment: Environment,
  results: readonly GateResult[],
  idle: readonly IdleException[],
  unchecked: readonly string[] = [],
): string {
  const lines = results.flatMap(({ label, problems, image }) =>
    problems.length === 0
      ? [`${label} passes (${image?.digest}).`]
      : problems.map(
          ({ kind, text }) =>
            `${label} ${kind === "refused" ? "is refused" : "cannot be judged"}: it ${text}`,
        ),
  );
  const advice = results.some(({ problems }) => problems.length > 0) ? [remedy(environment)] : [];
  const left = unchecked.map((uri) => `${uri} was not checked: it is in imageGate.uncheckedAccounts.`);
  return `${[...lines, ...advice, ...left, ...idle.map((one) => idleText(environment, one))].join("\n")}\n`;
}

const remedy = ({ file }: Environment): string =>
  `Deploy another image, or add the digest with a reason and a day to imageGate.exceptions in ${file}.`;

/** What to do about an exception that set nothing aside. */
export function idleText({ file }: Environment, { index, exception, why }: IdleException): string {
  const { digest, check, finding, expires } = exception;
  const what = `${file}: imageGate.exceptions[${index}] (${finding ?? check} of ${digest.slice(0, 19)})`;
  return why === "expired"
    ? `${what} expired on ${expires}; remove it, or give it a new date.`
    : `${what} has no effect; remove it.`;
}

/** The same as JSON. */
export function gateJson(
  environment: Environment,
  results: readonly GateResult[],
  idle: readonly IdleException[],
  unchecked: readonly string[] = [],
): object {
  return {
    environment: environment.name,
    passed: gateExitCode(results) === 0,
    images: results.map(({ label, image, rules, problems, used }) => ({
      image: label,
      digest: image?.digest ?? null,
      passed: problems.length === 0,
      rules,
      problems,
      exceptions: [...used].map(({ check, finding = null, reason, expires }) => ({
        ...{ check, finding, reason, expires },
      })),
    })),
    uncheckedImages: unchecked,
    idleExceptions: idle.map(({ index, exception, why }) => ({ index, why, ...exception })),
  };
}

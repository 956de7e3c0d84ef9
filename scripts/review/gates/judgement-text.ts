import type { Judgement } from "./judgement";

/** What the gates say, each on one line: what is blocked, what is acknowledged, what does not count, and what is not needed. */
export function judgementLines({ findings, problems, unneeded }: Judgement): string[] {
  const blocked = findings.filter(({ severity }) => severity === "blocked");
  return [
    ...blocked
      .filter(({ acknowledged }) => acknowledged === undefined)
      .map(
        ({ gate, stack, sentence, address }) =>
          `BLOCKED by ${gate}: ${stack}: ${sentence}. To accept it: ${gate}:${stack}/${address}=reason`,
      ),
    ...findings.flatMap(({ gate, stack, sentence, acknowledged }) =>
      acknowledged === undefined
        ? []
        : [`Acknowledged (${gate}): ${stack}: ${sentence}. ${acknowledged.source}: ${acknowledged.reason}`],
    ),
    ...problems,
    ...unneeded.map((sentence) => `Not needed: ${sentence}`),
  ];
}

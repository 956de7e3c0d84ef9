/** Flags of `terraform plan` that `terraform apply <plan>` also accepts, as of Terraform 1.11. */
const sharedFlags = ["compact-warnings", "input", "json", "lock", "lock-timeout", "no-color", "parallelism"];

/** Those of them that take the next argument as their value if they contain no `=`. */
const sharedFlagsWithValue = ["lock-timeout", "parallelism"];

/** From the flags for `terraform plan`, those that `terraform apply <plan>` needs as well. */
export function applyFlags(planFlags: readonly string[]): string[] {
  return planFlags.flatMap((flag, index) => {
    const [, name = "", value] = /^--?([a-z-]+)(=.*)?$/.exec(flag) ?? [];
    if (!sharedFlags.includes(name)) return [];
    return sharedFlagsWithValue.includes(name) && value === undefined
      ? planFlags.slice(index, index + 2)
      : [flag];
  });
}

/** Flags of `terraform plan` and `destroy` that take the next argument as their value, as of Terraform 1.11. */
const flagsWithValue = [
  ...sharedFlagsWithValue,
  ...["generate-config-out", "replace", "state", "target", "var", "var-file"],
  ...["backup", "state-out"],
];

/**
 * Why flags cannot be passed to Terraform, as a sentence; `undefined` if they can. Terraform itself rejects flags that it
 * does not know.
 *
 * @param asks whether the command asks for confirmation, because it changes something
 */
export function whyRefused(
  terraformFlags: readonly string[],
  { asks }: { asks: boolean },
): string | undefined {
  for (const [index, word] of terraformFlags.entries()) {
    if (/^--?out(=|$)/.test(word))
      return `${word} is refused, because no plan is kept; to keep one, run terraform -chdir=<folder that synth lists> plan -out=<file>`;
    if (!asks && /^--?auto-approve(=|$)/.test(word))
      return `This command changes nothing, so there is nothing to approve; remove ${word}.`;
    const [, previousFlag = ""] = /^--?([a-z-]+)$/.exec(terraformFlags[index - 1] ?? "") ?? [];
    if (!word.startsWith("-") && !flagsWithValue.includes(previousFlag))
      return `"${word}" is not a flag, and a run takes one environment; write the value of a flag as -flag=value.`;
  }
  return undefined;
}

/** Flags of `terraform plan` that applying a saved plan takes, too. Found with Terraform 1.11. */
const ofBoth = ["compact-warnings", "input", "json", "lock", "lock-timeout", "no-color", "parallelism"];

/** Those of them whose value is the next argument where they hold no `=`. */
const withValue = ["lock-timeout", "parallelism"];

/** Those of the flags for `terraform plan` that `terraform apply <plan>` needs as well. */
export function applyFlags(planFlags: readonly string[]): string[] {
  return planFlags.flatMap((flag, index) => {
    const [, name = "", value] = /^--?([a-z-]+)(=.*)?$/.exec(flag) ?? [];
    if (!ofBoth.includes(name)) return [];
    return withValue.includes(name) && value === undefined ? planFlags.slice(index, index + 2) : [flag];
  });
}

/** Flags whose value is the next argument where they hold no `=`: of `terraform plan` and `destroy`, with Terraform 1.11. */
const followedByValue = [
  ...withValue,
  ...["generate-config-out", "replace", "state", "target", "var", "var-file"],
  ...["backup", "state-out"],
];

/**
 * Why flags cannot be passed on to Terraform, in a sentence; `undefined` when they can. Whether Terraform knows a flag is
 * left to Terraform.
 *
 * @param asks whether the command asks before it changes something
 */
export function whyNotPassed(passed: readonly string[], { asks }: { asks: boolean }): string | undefined {
  for (const [index, word] of passed.entries()) {
    if (/^--?out(=|$)/.test(word))
      return `${word} is refused, for no plan is kept; to keep one: terraform -chdir=<folder that synth lists> plan -out=<file>`;
    if (!asks && /^--?auto-approve(=|$)/.test(word))
      return `Nothing is changed, so there is nothing to approve; leave ${word} out.`;
    const [, before = ""] = /^--?([a-z-]+)$/.exec(passed[index - 1] ?? "") ?? [];
    if (!word.startsWith("-") && !followedByValue.includes(before))
      return `"${word}" is no flag, and there is one environment in a run; write the value of a flag as -flag=value.`;
  }
  return undefined;
}

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

/** Whether the flags ask to save the plan in a file of their own. */
export function savesPlan(planFlags: readonly string[]): boolean {
  return planFlags.some((flag) => /^--?out(=|$)/.test(flag));
}

/** Tiers of environments. With `--all`, the commands work on them in this order: what fails first does not reach production. */
export const tiers = ["development", "production"] as const;

import { policyText } from "../../../modules/ecr/lifecycle/lifecycle-policy";
import { composePolicy } from "../../../modules/ecr/lifecycle/lifecycle-presets";
import { parsed } from "./parsed-policy";

/** A policy that only counts images is `maxImageCount`. Every other one stays as it is. */
export function lifecycleOf(text: string | undefined) {
  if (text === undefined) return { lifecyclePolicy: "none" };
  const policy = parsed(text) as { rules?: { selection?: { countNumber?: number } }[] };
  const count = policy.rules?.[0]?.selection?.countNumber;
  const preset = { maxImageCount: count, protectedTags: [], lifecycleRules: [] };
  const isPreset =
    policy.rules?.length === 1 &&
    count !== undefined &&
    sorted(parsed(policyText(composePolicy(preset).policy))) === sorted(policy);
  return isPreset ? { maxImageCount: count } : { lifecyclePolicy: text };
}

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

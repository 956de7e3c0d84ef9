import type { EnvironmentInput } from "../../environments/options/environment";
import type { Answers } from "./answers";
import type { Surroundings } from "./surroundings";

/** Options of each repository. Production requires immutable tags. */
export const repositoryOptions = (tier: string, { enhancedScanning }: Surroundings) => ({
  imageTagMutability: tier === "production" ? ("IMMUTABLE" as const) : ("MUTABLE" as const),
  scanOnPush: true,
  ...(enhancedScanning && { enableEnhancedScanning: true }),
  maxImageCount: 50,
});

/** Encryption of the images. Production requires a key that the customer manages. */
export const encryptionFor = (tier: string) => (tier === "production" ? "KMS" : "AES256");

/** The options that the environment file will contain. They are as valid as the answers. */
export function optionsOf(answers: Answers, surroundings: Surroundings): EnvironmentInput {
  const { project, name, tier, accountId, region, repositories } = answers;
  const options = repositoryOptions(tier, surroundings);
  return {
    ...{ name, project, accountId, region },
    tier: tier as EnvironmentInput["tier"],
    state: surroundings.state,
    ecr: {
      encryptionType: encryptionFor(tier),
      repositories: Object.fromEntries(repositories.map((repository) => [repository, options])),
    },
  };
}

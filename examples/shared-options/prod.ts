import { defineEnvironment } from "../../environments/environment";
import { company, repository, stateOf } from "./shared";

const accountId = "444455556666";

export const prod = defineEnvironment({
  ...company,
  name: "prod",
  tier: "production",
  accountId,
  state: stateOf(accountId),
  ecr: {
    encryptionType: "KMS",
    repositories: {
      web: repository,
      worker: { ...repository, maxImageCount: 20 },
    },
  },
});

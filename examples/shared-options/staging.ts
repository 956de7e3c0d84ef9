import { defineEnvironment } from "../../environments/environment";
import { company, repository, stateOf } from "./shared";

const accountId = "111122223333";

export const staging = defineEnvironment({
  ...company,
  name: "staging",
  tier: "development",
  accountId,
  state: stateOf(accountId),
  ecr: {
    repositories: {
      web: repository,
      worker: { ...repository, maxImageCount: 20 },
    },
  },
});

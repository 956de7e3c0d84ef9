import type { Gate } from "./gate";

/** @see https://developer.hashicorp.com/terraform/language/state/remove */
export const forgotten: Gate = {
  severity: "blocked",
  stops:
    "Terraform removes a resource from its state, and the resource stays in AWS, where no stack manages it",
  find: (input) => input.forgotten,
};

import { raised, turnedOff } from "../weaker-attribute";
import type { Gate } from "./gate";

/** @see https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html */
export const keyRotation: Gate = {
  severity: "risky",
  stops: "KMS rotates a key less often, or not at all",
  rules: {
    aws_kms_key: [
      turnedOff(["enable_key_rotation"], "KMS no longer rotates the key"),
      raised(["rotation_period_in_days"], "KMS rotates the key less often"),
    ],
  },
};

import { turnedOff } from "../weaker-attribute";
import type { Gate } from "./gate";

/**
 * What a registry scans is in the gates `registry-loss` and `registry-settings`.
 *
 * @see https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_PutImageScanningConfiguration.html
 */
export const scanning: Gate = {
  severity: "risky",
  stops: "Images that are pushed to a repository are no longer scanned",
  rules: {
    aws_ecr_repository: [
      turnedOff(["image_scanning_configuration", 0, "scan_on_push"], "pushed images are not scanned"),
    ],
  },
};

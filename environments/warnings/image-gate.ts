import type { Environment } from "../plan/environment";
import { gateRulesOf } from "../plan/image-gate";
import type { Warning } from "./warning";

/** Repositories that nothing scans on a push, although the gate waits for scans of their images. */
export function imageGateWarnings({ imageGate, ecr }: Environment): Warning[] {
  if (imageGate === undefined) return [];
  return Object.entries(ecr.repositories).flatMap(([repository, { scanOnPush, enableEnhancedScanning }]) => {
    const { severity } = gateRulesOf(imageGate, repository);
    if (severity === undefined || scanOnPush || enableEnhancedScanning) return [];
    return [
      {
        warning: "gate-needs-scans",
        repository,
        path: ["ecr", "repositories", repository, "scanOnPush"],
        text: "imageGate refuses images whose scan is not done, and nothing scans images of this repository on a push. Remove scanOnPush: false, or start each scan by hand: npm run ecr -- rescan",
      },
    ];
  });
}

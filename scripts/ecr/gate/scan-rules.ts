import type { GateRules, GateSeverity } from "../../../environments/plan/image-gate";
import { milder } from "./gate-before-deploy";

/**
 * Of the rules of a gate, those that scans answer, with a severity of the command line. Of two severities, the stricter counts.
 *
 * @param rules of the file
 */
export const scanRules = (rules: GateRules, asked: GateSeverity): GateRules => ({
  severity: milder(rules.severity, asked),
  maxAgeDays: undefined,
  requireSignature: false,
  requireArchitecture: false,
});

import type { Definition } from "../../../environments/environment";
import { guideDev } from "./guide-dev";
import { guideProd } from "./guide-prod";

/**
 * The environments of the guide, by the paths that they have in a fresh clone. Tests of the product use these and not
 * `environments/`, which belongs to the user: whatever valid environments it holds, the tests pass.
 */
export const guide = {
  "environments/dev.ts": guideDev,
  "environments/prod.ts": guideProd,
} as const satisfies Readonly<Record<string, Definition>>;

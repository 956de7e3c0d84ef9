import { dev } from "./dev";
import { prod } from "./prod";

/** Every environment by its file. Add a line here for each new file. */
export const definitions = {
  "environments/dev.ts": dev,
  "environments/prod.ts": prod,
};

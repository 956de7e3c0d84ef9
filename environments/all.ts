import { dev } from "./dev";
import { prod } from "./prod";

/** Every environment, by its file. A new file needs a line here. */
export const definitions = {
  "environments/dev.ts": dev,
  "environments/prod.ts": prod,
};

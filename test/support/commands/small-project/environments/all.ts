import { dev } from "./dev";

export const definitions = { "environments/dev.ts": dev };

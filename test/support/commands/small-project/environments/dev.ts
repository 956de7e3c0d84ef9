import { defineEnvironment } from "./environment";

export const dev = defineEnvironment({ name: "dev", maxImageCount: 50 });

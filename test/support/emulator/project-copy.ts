import { resolve } from "node:path";
import { copyProject as copy } from "../../../emulator/project-copy";

/** Copy this project into a folder, as a user has it after `npm ci`. */
export const copyProject = (folder: string): void => copy(resolve(__dirname, "../../.."), folder);

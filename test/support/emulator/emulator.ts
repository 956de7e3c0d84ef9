import { inject } from "vitest";
import { type Emulator, startEmulator as startAt } from "../../../emulator/connection";

export type { Emulator };

/** Start an emulator on a free port. */
export const startEmulator = (): Promise<Emulator> => startAt(inject("emulatorSocket"));

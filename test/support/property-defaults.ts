import fc from "fast-check";
import { runs } from "./property-runs";

// What fast-check tries where a test asks for nothing.
fc.configureGlobal({ numRuns: runs(100) });

import type { Gate } from "./gate";

/** A policy that is known only after the apply passes every other gate, so its access cannot be judged. */
export const unreadablePolicy: Gate = {
  severity: "blocked",
  stops:
    "No one can say whom a policy lets in: it is known only after the apply, is sensitive, or is not a policy",
  find: ({ unreadable }) => unreadable,
};

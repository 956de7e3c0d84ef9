import type { Weakening } from "../weakening";

/**
 * What a weakening is for a reader: something that exists protects less; what is new, with all that belongs to it, lets in
 * others; or somebody may do less than before, which opens nothing.
 */
export type KindOfWeakening = "weaker" | "open from the start" | "lost access";

export function kindOf({ gate, isNew = false }: Pick<Weakening, "gate" | "isNew">): KindOfWeakening {
  if (gate === "access-loss") return "lost access";
  return isNew ? "open from the start" : "weaker";
}

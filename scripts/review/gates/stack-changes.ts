import type { Gate } from "./gate";

export const destruction: Gate = {
  severity: "risky",
  stops: "A resource without content is destroyed or replaced",
  find: ({ destroyed, losses }) => {
    const lost = new Set(losses.map(({ address }) => address));
    return destroyed.filter(({ address }) => !lost.has(address));
  },
};

/** Its findings have the address `stack`. */
export const stackSettings: Gate = {
  severity: "risky",
  stops: "A whole stack gets another account, Region, state or version (address: `stack`)",
  find: ({ settings }) => settings.map((sentence) => ({ address: "stack", sentence })),
};

/** Its findings have the address `stack`. */
export const abandonedStack: Gate = {
  severity: "risky",
  stops: "A stack is gone from the files, but what it has created stays in AWS (address: `stack`)",
  find: ({ abandoned }) =>
    abandoned > 0
      ? [{ address: "stack", sentence: "the stack is gone from the files, and its resources stay in AWS" }]
      : [],
};

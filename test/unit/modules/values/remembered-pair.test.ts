import { expect, test, vi } from "vitest";
import { rememberedPair } from "../../../../modules/values/remembered-pair";

test("each pair is worked out once, also if its result is nothing", () => {
  const workOut = vi.fn((one: string[], other: string[]) =>
    other.length === 0 ? undefined : [...one, ...other],
  );
  const joined = rememberedPair(workOut);
  const [a, b, none] = [["a"], ["b"], []];

  const results = [joined(a, b), joined(b, a), joined(a, b), joined(a, none), joined(a, none)];

  expect(results).toEqual([["a", "b"], ["b", "a"], ["a", "b"], undefined, undefined]);
  expect(workOut).toHaveBeenCalledTimes(3);
});

test("what fails is tried again", () => {
  const fail = rememberedPair(() => {
    throw new SyntaxError("no");
  });
  const [one, other] = [{}, {}];

  for (let time = 0; time < 2; time++) expect(() => fail(one, other)).toThrow(SyntaxError);
});

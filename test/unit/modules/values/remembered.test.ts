import { expect, test, vi } from "vitest";
import { remembered } from "../../../../modules/values/remembered";

test("each result is worked out once, also if it is nothing", () => {
  const workOut = vi.fn((text: string) => (text === "" ? undefined : text.length));
  const length = remembered(10, workOut);

  expect([length("abc"), length(""), length("abc"), length("")]).toEqual([3, undefined, 3, undefined]);
  expect(workOut).toHaveBeenCalledTimes(2);
});

test("it keeps no more results than its limit", () => {
  const workOut = vi.fn((text: string) => text.length);
  const length = remembered(2, workOut);

  for (const text of ["a", "b", "c", "c", "a"]) length(text);

  expect(workOut.mock.calls.map(([text]) => text)).toEqual(["a", "b", "c", "a"]);
});

test("what fails is tried again", () => {
  const parse = remembered(2, JSON.parse as (text: string) => unknown);

  for (let time = 0; time < 2; time++) expect(() => parse("{")).toThrow(SyntaxError);
});

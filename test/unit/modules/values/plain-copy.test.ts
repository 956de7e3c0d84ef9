import fc from "fast-check";
import { expect, test } from "vitest";
import { plainCopy } from "../../../../modules/values/plain-copy";

const problemsIn = (value: unknown) => plainCopy(value).problems.map(({ path, advice }) => [path, advice]);

test("a literal is copied as it is", () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: false, withMap: true, withDate: true }), (value) => {
      const copy = plainCopy(value);
      expect(copy.value).toEqual(value);
      expect(copy.problems).toEqual([]);
    }),
  );
});

test("the copy is another object, shares what was shared, and leaves objects of classes alone", () => {
  const shared = { a: 1 };
  const date = new Date();
  const value = { list: [shared, shared], date };

  const copy = plainCopy(value).value as typeof value;

  expect(copy).not.toBe(value);
  expect(copy.list[0]).toBe(copy.list[1]);
  expect(copy.date).toBe(date);
});

test("a circle stays a circle", () => {
  const circle: { self?: object } = {};
  circle.self = circle;

  const copy = plainCopy(circle).value as typeof circle;

  expect(copy).not.toBe(circle);
  expect(copy.self).toBe(copy);
});

test("every property is read once", () => {
  let reads = 0;
  const value = {
    get a() {
      reads++;
      return reads;
    },
  };

  const copy = plainCopy(value).value as typeof value;

  expect([copy.a, copy.a, reads]).toEqual([1, 1, 1]);
});

test("fails when a property cannot be read, at its path and with the others read", () => {
  const value = {
    b: 1,
    list: [
      {
        get a() {
          throw new Error("no network");
        },
      },
    ],
  };

  const copy = plainCopy(value);

  expect(copy.value).toEqual({ b: 1, list: [{ a: undefined }] });
  expect(problemsIn(value)).toEqual([
    [["list", 0, "a"], "reading this failed (Error: no network); write the value itself"],
  ]);
});

test("fails when an object cannot be looked at", () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();

  expect(problemsIn({ a: proxy })).toEqual([
    [["a"], expect.stringMatching(/^reading this failed \(TypeError/)],
  ]);
});

test("fails when properties are in the prototype of an object", () => {
  const advice =
    "this object has a prototype with properties, which no option reads; write them in the object itself, not under __proto__";

  expect(problemsIn({ Condition: { __proto__: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } })).toEqual([
    [["Condition"], advice],
  ]);
  expect(problemsIn({ a: Object.create(null), b: JSON.parse('{"__proto__":1}') })).toEqual([]);
});

test("fails when a value is nested too deeply", () => {
  let value: object = {};
  for (let level = 0; level < 20_000; level++) value = { inner: value };

  expect(problemsIn({ a: { b: { c: { d: { e: value } } } } })).toEqual([
    [["a", "b", "c", "d"], "this is nested more than 100 levels deep; remove the nesting"],
  ]);
});

test("whatever the file contains, every value of the copy converts to a text", () => {
  class Failing {
    toString(): never {
      throw new Error("no text");
    }
  }
  const copy = plainCopy({
    keys: { toString: "x", valueOf: 1 },
    list: [{ toString: {} }],
    symbol: Symbol("a"),
    object: new Failing(),
  });

  for (const value of Object.values(copy.value as object)) expect(() => `${value}`).not.toThrow();
  expect(copy.problems.map(({ path }) => path)).toEqual([["symbol"], ["object"]]);
});

test("entries that a list leaves out are undefined", () => {
  // biome-ignore lint/suspicious/noSparseArray: this is what the test is about
  const { value } = plainCopy([, 1]);

  expect(Object.keys(value as object)).toEqual(["0", "1"]);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { coreDnsPod, selects } from "../../../../modules/eks/fargate-selection";

const selector = (namespace: string, labels = {}) => ({ namespace, labels });

test.each<[string, object, object, boolean]>([
  ["prod", {}, {}, true],
  ["prod*", {}, {}, true],
  ["pro?", {}, {}, true],
  ["pro", {}, {}, false],
  ["*", { tier: "low" }, { tier: "low", other: "x" }, true],
  ["*", { tier: "l*" }, { tier: "low" }, true],
  ["*", { tier: "low" }, { tier: "high" }, false],
  ["*", { tier: "low" }, {}, false],
  ["*", { tier: "low", other: "x" }, { tier: "low" }, false],
  ["*", { "ti*": "low" }, { tier: "low" }, true],
  ["*", { "ti*": "low" }, { tier: "high", other: "low" }, false],
  ["*", { tier: "" }, { tier: "" }, true],
  ["*", { constructor: "*" }, {}, false],
])("%s with the labels %j and a pod of prod with %j: %s", (namespace, wanted, labels, taken) => {
  expect(selects(selector(namespace, wanted), { namespace: "prod", labels: { ...labels } })).toBe(taken);
});

test("CoreDNS is in kube-system", () => {
  expect(selects(selector("kube-system"), coreDnsPod)).toBe(true);
  expect(selects(selector("kube-system", { "k8s-app": "kube-dns" }), coreDnsPod)).toBe(true);
  expect(selects(selector("default"), coreDnsPod)).toBe(false);
});

/** Matches a pattern letter by letter. */
function fits([head, ...pattern]: readonly string[], text: readonly string[]): boolean {
  if (head === undefined) return text.length === 0;
  if (head === "*")
    return fits(pattern, text) || (text.length > 0 && fits([head, ...pattern], text.slice(1)));
  return text.length > 0 && (head === "?" || head === text[0]) && fits(pattern, text.slice(1));
}

test("a pattern matches as it does letter by letter", () => {
  const letters = (alphabet: string[]) => fc.array(fc.constantFrom(...alphabet), { maxLength: 7 });
  fc.assert(
    fc.property(letters(["a", "b", ".", "*", "?"]), letters(["a", "b", "."]), (pattern, text) => {
      const taken = selects(selector(pattern.join("")), { namespace: text.join(""), labels: {} });

      expect(taken).toBe(fits(pattern, text));
    }),
  );
});

test("a pattern of any length is matched, and fast", () => {
  expect(selects(selector("x".repeat(70_000)), { namespace: "prod", labels: {} })).toBe(false);
  expect(selects(selector("*a".repeat(30)), { namespace: `${"a".repeat(60)}b`, labels: {} })).toBe(false);
});

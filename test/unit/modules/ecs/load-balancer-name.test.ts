import fc from "fast-check";
import { expect, test } from "vitest";
import { loadBalancerName } from "../../../../modules/ecs/load-balancer-name";

test("a short name is kept", () => {
  expect(loadBalancerName("myproject-prod-web-app")).toBe("myproject-prod-web-app");
});

test("a long name keeps its start and stays unique", () => {
  const long = "a-project-with-a-long-name-production-web";

  expect(loadBalancerName(`${long}-app`)).toBe("a-project-with-a-long-n-8b4ed865");
  expect(loadBalancerName(`${long}-api`)).not.toBe(loadBalancerName(`${long}-app`));
});

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,9}$/);

test("AWS accepts every name", () => {
  fc.assert(
    fc.property(fc.array(word, { minLength: 3, maxLength: 9 }), (words) => {
      expect(loadBalancerName(words.join("-"))).toMatch(/^(?=.{1,32}$)[a-z0-9]+(?:-[a-z0-9]+)*$/);
    }),
  );
});

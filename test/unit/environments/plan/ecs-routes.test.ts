import fc from "fast-check";
import { expect, test } from "vitest";
import { hiddenBy, type Route } from "../../../../environments/plan/ecs-routes";

const route = (service: string, priority: number, rest: Partial<Route> = {}): Route => ({
  service,
  priority,
  hosts: [],
  paths: [],
  ...rest,
});

test("a route is hidden by one that gets all of its requests first", () => {
  const all = route("all", 1, { paths: ["/*"] });
  const api = route("api", 2, { hosts: ["API.example.com"], paths: ["/v1/*"] });

  expect(hiddenBy(api, [all, api])).toBe(all);
  expect(hiddenBy(all, [all, api])).toBeUndefined();
  expect(hiddenBy({ ...api, priority: 1 }, [{ ...all, priority: 2 }])).toBeUndefined();
  expect(hiddenBy(api, [route("host", 1, { hosts: ["api.EXAMPLE.com"] })])?.service).toBe("host");
  expect(hiddenBy(api, [route("case", 1, { paths: ["/V1/*"] })])).toBeUndefined();
});

const hosts = ["a.test", "b.test", "*.test"];
const paths = ["/", "/a", "/b", "/*", "/a*"];
const some = <T>(values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: 2 });
const routes = fc.array(
  fc.record({
    service: fc.uuid(),
    priority: fc.integer({ min: 1, max: 9 }),
    hosts: some(hosts),
    paths: some(paths),
  }),
  { minLength: 2, maxLength: 3 },
);

const matches = (patterns: readonly string[], text: string) =>
  patterns.length === 0 ||
  patterns.some((pattern) => new RegExp(`^${pattern.replace(".", "\\.").replace("*", ".*")}$`).test(text));

test("a hidden route gets no request: the load balancer sends each to an earlier one", () => {
  const requests = ["a.test", "b.test", "c.test", "other"].flatMap((host) =>
    ["/", "/a", "/ab", "/b", "/c"].map((path) => ({ host, path })),
  );
  fc.assert(
    fc.property(routes, (all) => {
      const receiver = (request: (typeof requests)[number]) =>
        all
          .toSorted((a, b) => a.priority - b.priority)
          .find((one) => matches(one.hosts, request.host) && matches(one.paths, request.path));
      return all.every(
        (one) => hiddenBy(one, all) === undefined || requests.every((request) => receiver(request) !== one),
      );
    }),
  );
});

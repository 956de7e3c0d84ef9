import { expect, test } from "vitest";
import { loadEnvironments } from "../../../../environments/load";
import { serviceNamed } from "../../../../scripts/ecs/service-option";
import { withService } from "../../../support/environments/one-service";

const named = (name: string, options = {}) => {
  const [environment] = loadEnvironments(withService(options));
  return environment && serviceNamed(environment, name);
};

test("a service is found by its name", () => {
  expect(named("web")).toMatchObject({ image: { repository: "app" } });
});

test("fails when there is no such service, or none yet", () => {
  expect(() => named("wed")).toThrowErrorMatchingInlineSnapshot(
    `[Error: There is no service "wed" in environments/test.ts; did you mean "web"?]`,
  );
  expect(() =>
    named("web", { image: { repository: "app", awaitsFirstPush: true } }),
  ).toThrowErrorMatchingInlineSnapshot(
    `[Error: The service "web" in environments/test.ts awaits the first push of app and does not exist yet; replace awaitsFirstPush with the tag or digest of the first image, and deploy the compute layer]`,
  );
});

test("fails when another container of the service awaits its first push", () => {
  const proxy = { image: { repository: "app", awaitsFirstPush: true } };

  expect(() => named("web", { containers: { proxy }, memory: 1024 })).toThrow("awaits the first push of app");
});

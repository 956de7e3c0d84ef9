import { expect, test } from "vitest";
import { forcesNew } from "../../../../../scripts/review/revisions/forced-new";

test("another priority changes a listener rule in place, and another listener replaces it", () => {
  expect(forcesNew("aws_lb_listener_rule", ["priority"])).toBe(false);
  expect(forcesNew("aws_lb_listener_rule", ["listener_arn"])).toBe(true);
});

import { expect, test } from "vitest";
import { destroyedCount } from "../../../../scripts/runner/destroyed-count";

test.each([
  [
    "as text",
    "a: Destruction complete\n\u001b[1m\u001b[32m\nDestroy complete! Resources: 24 destroyed.\n\u001b[0m",
    24,
  ],
  ["as text of OpenTofu", "Destroy complete! Resources: 3 destroyed, 1 forgotten.\n", 3],
  [
    "as JSON, where the plan has a summary too",
    [
      "not JSON, although it has change_summary",
      '{"type":"change_summary","changes":{"add":0,"change":0,"remove":9,"operation":"plan"}}',
      '{"type":"change_summary","changes":{"add":0,"change":0,"remove":8,"operation":"destroy"}}',
      "",
    ].join("\n"),
    8,
  ],
  ["nothing, if Terraform does not say it", "No changes.\n", undefined],
  ["nothing, if a line only looks like JSON", 'x "change_summary"\n', undefined],
])("the number of destroyed resources %s", (_, text, count) => {
  expect(destroyedCount(text)).toBe(count);
});

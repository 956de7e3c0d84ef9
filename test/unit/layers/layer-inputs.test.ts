import { expect, test } from "vitest";
import { loadEnvironments } from "../../../environments/load";
import { layerInputs } from "../../../layers/layer-inputs";
import { withExisting, withOwn } from "../../support/environments/own-network";
import { readingsIn, writersOf } from "../../support/layers/remote-states";
import { synth } from "../../support/synth";

const ecr = { encryptionType: "KMS", enableScanFindingsLogging: true, repositories: { app: {} } } as const;

test.each([
  ["of its own", withOwn({}, { ecr })],
  ["that was there before", withExisting({}, { ecr })],
])("what the layers above read is said before, with a network %s", (_, definitions) => {
  const [environment] = loadEnvironments(definitions);
  const stacks = synth(definitions);

  const readings = readingsIn(stacks);
  expect(readings).not.toEqual([]);
  for (const reading of readings) {
    const [reader, writer] = [reading.reader, ...writersOf(reading, stacks)].map(
      (name) => name.split("-")[0],
    );
    const inputs = environment && layerInputs(reader as "network" | "compute", environment);
    expect(Object.keys(inputs?.[writer as "security" | "network"] ?? {})).toContain(reading.output);
  }
});

test("a network that was there before reads nothing, and so do the layers below", () => {
  const [environment] = loadEnvironments(withExisting({}));

  const inputs = (["network", "security", "registry", "bootstrap"] as const).map(
    (layer) => environment && layerInputs(layer, environment),
  );

  expect(inputs).toEqual([{}, {}, {}, {}]);
});

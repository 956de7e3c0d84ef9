import type { Construct } from "constructs";
import type { LiteralEnvironment } from "../../environments/plan/literal-environment";
import type { Shard } from "../../environments/plan/shards";
import { publishVersion } from "../contract";
import { LayerStack } from "../layer-stack";
import { addRepositories, addRepositoryOutputs } from "./repositories";

/** A part of the repositories of one environment, with a state of its own. */
export class RepositoryShard extends LayerStack {
  constructor(scope: Construct, environment: LiteralEnvironment, { stack, repositories }: Shard) {
    super(scope, stack, { layer: "compute", environment });
    publishVersion(this, "compute");
    addRepositoryOutputs(this, addRepositories(this, environment, repositories));
  }
}

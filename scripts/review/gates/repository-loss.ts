import { type Gate, lossOf } from "./gate";

const isReplica = (stack: string) => stack.startsWith("replicas-");

export const repositoryLoss: Gate = {
  severity: "blocked",
  stops: "A repository is destroyed or replaced",
  find: lossOf(["aws_ecr_repository", "aws_ecrpublic_repository"], (stack) => !isReplica(stack)),
};

export const replicaLoss: Gate = {
  severity: "blocked",
  stops: "A replica of a repository in another Region is destroyed or replaced",
  find: lossOf(["aws_ecr_repository"], isReplica),
};

import { type GateName, gateNames } from "../../../environments/options/acknowledged-changes";
import { accessLoss } from "./access-loss";
import { audit } from "./audit";
import { deletionGuard, deletionWindow } from "./deletion";
import { encryption } from "./encryption";
import { forgotten } from "./forgotten";
import type { Gate } from "./gate";
import { keyRotation } from "./key-rotation";
import { networkExposure } from "./network-exposure";
import { outsideAccess } from "./outside-access";
import { permission } from "./permission";
import { permissionsBoundary } from "./permissions-boundary";
import { publicAccess } from "./public-access";
import { registryLoss, registrySettings } from "./registry-loss";
import { replicaLoss, repositoryLoss } from "./repository-loss";
import { imageRetention, logRetention, versioning } from "./retention";
import { rollout } from "./rollout";
import { scanning } from "./scanning";
import { abandonedStack, destruction, stackSettings } from "./stack-changes";
import { bucketLoss, fileSystemLoss, keyLoss, secretLoss } from "./stored-loss";
import { tagMutability } from "./tag-mutability";
import { trust } from "./trust";
import { unreadablePolicy } from "./unreadable-policy";

/** Every gate by its name. */
export const allGates: Readonly<Record<GateName, Gate>> = {
  "repository-loss": repositoryLoss,
  "replica-loss": replicaLoss,
  "key-loss": keyLoss,
  "bucket-loss": bucketLoss,
  "file-system-loss": fileSystemLoss,
  "secret-loss": secretLoss,
  "registry-loss": registryLoss,
  forgotten,
  "public-access": publicAccess,
  "outside-access": outsideAccess,
  trust,
  "unreadable-policy": unreadablePolicy,
  "permissions-boundary": permissionsBoundary,
  "network-exposure": networkExposure,
  encryption,
  "tag-mutability": tagMutability,
  "image-retention": imageRetention,
  "log-retention": logRetention,
  versioning,
  permission,
  scanning,
  "deletion-window": deletionWindow,
  "key-rotation": keyRotation,
  "deletion-guard": deletionGuard,
  rollout,
  audit,
  "registry-settings": registrySettings,
  "access-loss": accessLoss,
  destruction,
  "stack-settings": stackSettings,
  "abandoned-stack": abandonedStack,
};

/** The gates with their names, the most serious first. */
export const gates: readonly (readonly [GateName, Gate])[] = gateNames.map((name) => [name, allGates[name]]);

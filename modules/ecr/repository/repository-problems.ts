import { keyArnAdvice, keyArnPattern } from "../../kms/kms-key-arn";
import { isUnknown } from "../../terraform/unknown-text";
import type { ValueProblem } from "../../values/value-problem";
import type { Encryption } from "./encryption";
import { existingNameProblem } from "./repository-name";
import {
  exclusionFilterProblem,
  maxExclusionFilters,
  type TagMutability,
  takesExclusionFilters,
} from "./tag-mutability";

/** Arguments of a repository. Texts that are unknown until deploy are not checked. */
interface RepositoryArguments {
  readonly name: string;
  readonly imageTagMutability: TagMutability;
  readonly imageTagMutabilityExclusionFilters: readonly string[];
  readonly encryption: Encryption;
}

/** What ECR or Terraform would refuse in the arguments of a repository. */
export function repositoryProblems(given: RepositoryArguments): ValueProblem[] {
  const { name, encryption } = given;
  const wrongName = isUnknown(name) ? undefined : existingNameProblem(name);
  const key = encryption.type === "AES256" ? undefined : encryption.kmsKeyArn;
  const isKey = key === undefined || isUnknown(key) || keyArnPattern.test(key);
  return [
    ...(wrongName === undefined ? [] : [{ path: ["name"], found: name, advice: wrongName }]),
    ...(isKey ? [] : [{ path: ["encryption", "kmsKeyArn"], found: key, advice: keyArnAdvice }]),
    ...filterProblems(given),
  ];
}

function filterProblems(given: RepositoryArguments): ValueProblem[] {
  const { imageTagMutability: mode, imageTagMutabilityExclusionFilters: filters } = given;
  const path = ["imageTagMutabilityExclusionFilters"];
  const whole = (advice: string) => [{ path, found: filters, advice }];
  if (!takesExclusionFilters(mode) && filters.length > 0)
    return whole(`only a mode that ends in _WITH_EXCLUSION has filters; use ${mode}_WITH_EXCLUSION`);
  if (takesExclusionFilters(mode) && filters.length === 0)
    return whole(`${mode} needs a filter; add one, or use ${mode.replace("_WITH_EXCLUSION", "")}`);
  if (filters.length > maxExclusionFilters)
    return whole(`a repository has up to ${maxExclusionFilters} filters; use fewer`);
  return filters.flatMap((found, index) => {
    const advice = exclusionFilterProblem(found);
    return advice === undefined ? [] : [{ path: [...path, index], found, advice }];
  });
}

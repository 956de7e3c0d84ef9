import { renderPath } from "../../environments/schema/problem";
import { valueAt } from "../../modules/values/value-at";
import { containerIn } from "./canonical";
import { changedPaths } from "./changed-paths";
import { type AttributePath, attributeChange, isUnknown, type ResourceChange } from "./terraform-plan";

/** Most lines about one document. */
const most = 10;

/** The change of an attribute, as a path and a line for each value that differs. */
export interface AttributeText {
  readonly path: string;
  readonly text: string;
}

/**
 * What differs in an attribute. In a JSON document, such as the containers of a task definition, each value that differs has
 * its own line. What policies mean stands elsewhere in a report, so of them there is only that they change.
 */
export function attributeTexts(change: ResourceChange, path: AttributePath): AttributeText[] {
  const { before, after, before_sensitive, after_sensitive } = change.change;
  const [old, current] = [containerIn(valueAt(before, path)), containerIn(valueAt(after, path))];
  const name = renderPath(path);
  if (old === undefined && current === undefined)
    return [{ path: name, text: attributeChange(change, path) }];
  if (old !== undefined && isUnknown(change, path))
    return [{ path: name, text: `${name}: the document changes (known after apply)` }];
  if (old === undefined || current === undefined || isPolicy(old) || isPolicy(current))
    return [{ path: name, text: `${name}: the document changes` }];
  const parts = {
    ...change,
    change: {
      ...change.change,
      before: old,
      after: current,
      after_unknown: {},
      before_sensitive: valueAt(before_sensitive, path),
      after_sensitive: valueAt(after_sensitive, path),
    },
  };
  const paths = changedPaths(old, current);
  const shown = paths.slice(0, most).map((inner) => {
    const at = renderPath([...path, ...inner]);
    return { path: at, text: `${at}${attributeChange(parts, inner).slice(renderPath(inner).length)}` };
  });
  const rest = paths.length - shown.length;
  return rest === 0 ? shown : [...shown, { path: name, text: `${name}: ${rest} more values change` }];
}

/** An IAM policy, or a lifecycle policy. */
const isPolicy = (document: object): boolean => "Statement" in document || "rules" in document;

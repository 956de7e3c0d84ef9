/** A condition on one line, e.g. `StringEquals aws:SourceAccount = 123456789012`. */
export function conditionText(condition: object): string {
  return Object.entries(condition)
    .flatMap(([operator, keys]) =>
      Object.entries(keys as object).map(
        ([key, values]) => `${operator} ${key} = ${[values].flat().map(String).toSorted().join(" or ")}`,
      ),
    )
    .toSorted()
    .join(" and ");
}

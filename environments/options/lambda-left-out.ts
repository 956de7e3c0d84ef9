/**
 * What a function has no option for, as "rule; remedy"; `undefined` for other names.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html#snapstart-runtimes container images are not supported
 */
export function lambdaLeftOut(option: string): string | undefined {
  if (/^snap_?start$/i.test(option))
    return "SnapStart does not support container images, and every function here runs one; remove it";
  if (/^(function)?url(config|s)?$/i.test(option))
    return "who calls a function belongs to the application, so there is no option for function URLs; remove it, and add the URL to the alias in your own Terraform";
  if (/^(event(s|Sources?|SourceMappings?)|triggers?)$/i.test(option))
    return "what calls a function belongs to the application, so there is no option for event sources; remove it, and add them to the alias in your own Terraform";
  return undefined;
}

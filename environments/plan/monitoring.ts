/** Whether the environment creates its own topic for alerts. */
export function ownsAlertTopic(alerts: { readonly topicArn?: string | undefined } | undefined): boolean {
  return alerts !== undefined && alerts.topicArn === undefined;
}

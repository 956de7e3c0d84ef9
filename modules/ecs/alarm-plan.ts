/** What the alarms of a service can look at. */
export const alarmKinds = ["errors", "unhealthy", "cpu", "memory"] as const;

/** An alarm of a service. */
export interface AlarmPlan {
  readonly kind: (typeof alarmKinds)[number];
  readonly name: string;
  /** From which value on it goes into `ALARM`. */
  readonly threshold: number;
  /** Minutes in a row with such a value. */
  readonly minutes: number;
}

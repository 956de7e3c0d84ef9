import { z } from "zod";

/** Retention periods that CloudWatch Logs knows. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const retentionAdvice = `CloudWatch Logs keeps events for fixed periods; use one of ${retentionDays.join(", ")}`;

/** How many days CloudWatch Logs keeps events. */
export const logRetention = () => z.literal(retentionDays, { error: retentionAdvice });

import { SchedulerScheduleGroup } from "@cdktf/provider-aws/lib/scheduler-schedule-group";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Construct } from "constructs";

export interface ScheduleGroupModuleProps {
  /** Name of the group. */
  readonly name: string;
  /** Name of the queue that gets what the schedules of the group could not start. */
  readonly deadLetterQueueName: string;
}

/** SQS keeps a message for at most 14 days. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const longestRetentionSeconds = 1_209_600;

/** What the schedules of an environment share: their group, and a dead-letter queue that SQS encrypts. */
export class ScheduleGroupModule extends Construct {
  readonly group: SchedulerScheduleGroup;
  readonly deadLetters: SqsQueue;

  constructor(scope: Construct, id: string, { name, deadLetterQueueName }: ScheduleGroupModuleProps) {
    super(scope, id);
    this.group = new SchedulerScheduleGroup(this, "group", { name });
    this.deadLetters = new SqsQueue(this, "dead_letters", {
      name: deadLetterQueueName,
      messageRetentionSeconds: longestRetentionSeconds,
      sqsManagedSseEnabled: true,
    });
  }
}

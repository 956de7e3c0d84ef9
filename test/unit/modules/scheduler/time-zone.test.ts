import { expect, test } from "vitest";
import { timeZoneProblem } from "../../../../modules/scheduler/time-zone";

test.each(["UTC", "Etc/UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Kolkata"])(
  "%s is a time zone",
  (name) => expect(timeZoneProblem(name)).toBeUndefined(),
);

test.each(["", "Europe/Berln", "+01:00", "Europe/", "Berlin", "a b"])(
  'fails when the time zone is "%s"',
  (name) =>
    expect(timeZoneProblem(name)).toBe(
      `"${name}" is not in the time zone database; use a name such as Europe/Berlin, or UTC`,
    ),
);

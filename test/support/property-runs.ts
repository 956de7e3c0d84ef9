/**
 * How many cases a property test tries whose cases take long: a tenth, unless `PROPERTY_RUNS` says how many percent.
 * `.ci/run` tries all. Each run tries other cases, so that many runs find what a single one does not.
 */
const percent = Number(process.env["PROPERTY_RUNS"] ?? 10);
if (!(percent > 0)) throw new Error(`PROPERTY_RUNS is a percentage above 0, not ${percent}`);

/** @param all how many cases find a fault that is rare */
export const runs = (all: number): number => Math.ceil((all * percent) / 100);

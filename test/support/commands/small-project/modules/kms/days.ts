export const daysToKeep: number = 30;

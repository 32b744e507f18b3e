/** Where BullMQ keeps its keys; the braces keep them in one slot of a Redis Cluster, which its scripts need. */
export const jobPrefix = '{scheduler}';

/** The scheduler's queues: mails on their way, and what the timetable sends. */
export const jobQueues = ['mail', 'timetable'] as const;
export type JobQueue = (typeof jobQueues)[number];

/** The reply of what has nothing to say. */
export type Nothing = Record<string, never>;

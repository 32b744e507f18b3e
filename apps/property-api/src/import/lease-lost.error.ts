/** The import is another's now, or nobody's: it was cancelled, or its holder was taken for dead. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

/** Something the person at the terminal can put right; its message says how, and is shown without a stack trace. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** A file that cannot be imported; the message says what is wrong with it, to whoever sent it. */
export class FileError extends Error {
  override readonly name = 'FileError';
}

/** A mail that no further try will deliver: it is malformed, or the server has refused it for good. */
export class Unsendable extends Error {
  override readonly name = 'Unsendable';
}

/** The button that opens a listing's menu: where the focus belongs once what the menu led to is over. */
export function movesButtonId(id: string): string {
  return `moves-${id}`;
}

/** Gives the visitor a file that was made here. */
export function saveFile(name: string, text: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  // The browser has taken it up by then.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

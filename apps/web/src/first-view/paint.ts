/** An element with a look, and in it text or other elements. Never markup: what is painted comes from people. */
export function box(look: string, content: string | HTMLElement[] = []): HTMLElement {
  const element = document.createElement('div');
  element.className = look;
  element.append(...(typeof content === 'string' ? [content] : content));
  return element;
}

type TextField = HTMLInputElement | HTMLTextAreaElement;

/** Selects a part of a field's text, in sight: a browser selects it wherever the field is scrolled to. */
export function selectWords(field: TextField, { start, end }: { start: number; end: number }): void {
  field.focus();
  field.setSelectionRange(start, end);
  const { scrollWidth, scrollHeight } = extentOf(field, end);
  field.scrollTo(scrollWidth - field.clientWidth / 2, scrollHeight - field.clientHeight / 2);
}

/** How far the text reaches up to a place in it: as far as that of a field without size that has no more in it. */
function extentOf(field: TextField, end: number): Pick<TextField, 'scrollWidth' | 'scrollHeight'> {
  const probe = field.cloneNode() as TextField;
  probe.value = field.value.slice(0, end);
  const width = field instanceof HTMLTextAreaElement ? field.offsetWidth : 0;
  probe.style.cssText = `position: absolute; visibility: hidden; width: ${width}px; height: 0`;
  field.after(probe);
  const { scrollWidth, scrollHeight } = probe;
  probe.remove();
  return { scrollWidth, scrollHeight };
}

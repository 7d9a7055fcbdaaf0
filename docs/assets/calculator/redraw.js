// A list drawn anew while the reader is in it, as when Python answers after the next key was pressed: what stands in the place
// of the control that had the focus has it then, or the one of the same name.

export function redraw(list, items) {
  const controls = () => Array.from(list.querySelectorAll("a, button"));
  const place = controls().indexOf(document.activeElement);
  const name = document.activeElement.getAttribute("aria-label");
  list.replaceChildren(...items);
  if (place >= 0) {
    const isIt = (control) => control?.getAttribute("aria-label") === name;
    const now = controls();
    (isIt(now[place]) ? now[place] : now.find(isIt))?.focus({ preventScroll: true });
  }
}

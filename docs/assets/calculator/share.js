// The link to an answer. All of it stands behind "#", which no browser sends to a server. Python writes and reads it
// (calculator/share.py); here it is only shown, copied, and found in the address of the page.

// "#situation=leave_job" chooses a situation, for links of the guide; "#command-line" is a place on the page.
const SITUATION = /^#situation=([^&=]*)$/;
const LINK = /^#(\d+(&|$)|.*=)/;

// What the address asks for: {situation}, {link}, or nothing.
export function askedByAddress() {
  const { hash } = window.location;
  const situation = SITUATION.exec(hash);
  if (situation) {
    return { situation: situation[1] };
  }
  return LINK.test(hash) ? { link: hash.slice(1) } : {};
}

// The address of this page, or of another, with this link, or with none.
export function addressWith(link, page = "") {
  const address = new URL(page || window.location.href, window.location.href);
  address.hash = link ?? "";
  return link ? address.href : address.href.replace(/#$/, "");
}

export class Share {
  #parts;
  #words;
  #page;

  constructor(find, words) {
    this.#words = words;
    this.#page = find("yb-calculator").dataset.page; // when this one stands in a frame
    this.#parts = {
      button: find("yb-take-link"),
      box: find("yb-link"),
      field: find("yb-link-field"),
      said: find("yb-link-said"),
      paper: find("yb-link-paper"),
    };
    this.#parts.button.addEventListener("click", () => this.#copy());
    this.#parts.field.addEventListener("focus", () => this.#parts.field.select());
  }

  show(link) {
    this.hide();
    this.#parts.field.value = this.#parts.paper.textContent = addressWith(link, this.#page);
  }

  hide() {
    this.#parts.box.hidden = true;
    this.#parts.said.textContent = "";
  }

  // The field is there in any case: a browser may not let a page write to the clipboard.
  async #copy() {
    const { box, field, said } = this.#parts;
    box.hidden = false;
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = this.#words.link_copied;
    } catch {
      field.focus();
      said.textContent = this.#words.link_to_copy;
    }
  }
}

// What every page of the guide does beside the theme's own script, and before it. No module, which a browser would not take from
// the disk.
{
  // Changing the language keeps the place on the page: both languages use the same heading ids.
  for (const link of document.querySelectorAll("a.md-select__link")) {
    link.addEventListener("click", () => {
      link.hash = window.location.hash;
    });
  }

  const search = document.querySelector("#__search");
  const query = document.querySelector("[data-md-component='search-query']");

  // The theme asks for the search's index as soon as its script runs, though most of what a page weighs is in it and few
  // readers search. It waits until somebody goes to the search, or comes from it with words to be marked on the page.
  const wanted = new Promise((resolve) => {
    if (/[?&][hq]=/.test(window.location.search)) {
      resolve();
    }
    query.addEventListener("focus", resolve);
    search.addEventListener("change", resolve);
    document.querySelector(".md-search").addEventListener("pointerover", resolve);
  });
  window.XMLHttpRequest = class extends XMLHttpRequest {
    #isIndex = false;

    open(method, address, ...rest) {
      this.#isIndex = String(address).endsWith("/search/search_index.json");
      super.open(method, address, ...rest);
    }

    send(body) {
      if (this.#isIndex) {
        wanted.then(() => super.send(body));
      } else {
        super.send(body);
      }
    }
  };

  // Opened from the keyboard, the search takes what is typed.
  search.addEventListener("change", () => {
    if (search.checked) {
      query.focus();
    }
  });

  // The theme searches when a key is released. Words chosen from an input method with the mouse, or pasted
  // with it, release none.
  query.addEventListener("input", () => {
    query.dispatchEvent(new KeyboardEvent("keyup"));
  });

  // The menu closes with Escape.
  document.addEventListener("keydown", (event) => {
    const menu = document.querySelector("#__drawer");
    if (event.key === "Escape" && menu.checked) {
      menu.click();
      menu.focus();
    }
  });

  // Few pages have a table to sort. From the disk a browser takes no module: there the table stays as it is.
  if (document.querySelector("table[data-sift]") && window.location.protocol !== "file:") {
    import("./tables.js");
  }
}

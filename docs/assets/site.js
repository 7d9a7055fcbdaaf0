// What every page of the guide does beside the theme's own script. No module, which a browser would not take from the disk.
{
  // Changing the language keeps the place on the page: both languages use the same heading ids.
  for (const link of document.querySelectorAll("a.md-select__link")) {
    link.addEventListener("click", () => {
      link.hash = window.location.hash;
    });
  }

  const search = document.querySelector("#__search");
  const query = document.querySelector("[data-md-component='search-query']");

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

// Tables that a reader can sort and filter. Without this module they are plain tables, complete and in order.
//
// The build marks such a table with data-sift: the numbers of the columns that get a list to choose from. The words of the
// controls come with it, in data-words-…; a cell that holds a number says it in <data value="…">.

function wordOf(table, name) {
  return table.dataset[`words${name}`];
}

function cellText(row, column) {
  return row.cells[column].textContent.trim();
}

// What a row is sorted by: its number where the column has numbers, else its words.
function keyOf(row, column) {
  const number = row.cells[column].querySelector("data");
  return number ? Number(number.value) : cellText(row, column);
}

function compare(one, other, lang) {
  if (typeof one === "number" && typeof other === "number") {
    return one - other;
  }
  // Cells without a number, such as "not known", come behind those with one.
  if (typeof one !== typeof other) {
    return typeof one === "number" ? -1 : 1;
  }
  return one.localeCompare(other, lang, { numeric: true });
}

function makeSortable(table, rows) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "yb-sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const sorted = [...rows].sort((one, other) => {
        const order = compare(keyOf(one, column), keyOf(other, column), document.documentElement.lang);
        return down ? -order : order;
      });
      table.tBodies[0].append(...sorted);
    });
  });
}

function labelled(words, control) {
  const label = document.createElement("label");
  label.append(words, " ", control);
  return label;
}

function chooser(table, rows, column) {
  const select = document.createElement("select");
  const values = [...new Set(rows.map((row) => cellText(row, column)))];
  select.append(new Option(wordOf(table, "All"), ""), ...values.map((value) => new Option(value, value)));
  return select;
}

function makeFilterable(table, rows) {
  const columns = table.dataset.sift.split(" ").map(Number);
  const choosers = columns.map((column) => [column, chooser(table, rows, column)]);
  const text = document.createElement("input");
  text.type = "search";
  const status = document.createElement("p");
  status.setAttribute("role", "status");

  function show() {
    const wanted = text.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      const fits =
        row.textContent.toLowerCase().includes(wanted) &&
        choosers.every(([column, select]) => !select.value || cellText(row, column) === select.value);
      row.hidden = !fits;
      shown += fits;
    }
    status.textContent = wordOf(table, "Shown").replace("{n}", shown).replace("{all}", rows.length);
  }

  const controls = document.createElement("div");
  controls.className = "yb-sift";
  controls.setAttribute("role", "group");
  controls.setAttribute("aria-label", `${wordOf(table, "Group")} ${table.caption.textContent}`);
  const heads = table.tHead.rows[0].cells;
  controls.append(
    ...choosers.map(([column, select]) => labelled(heads[column].textContent, select)),
    labelled(wordOf(table, "Text"), text),
    status,
  );
  controls.addEventListener("input", show);
  // The table stands in the frame in which it scrolls.
  table.parentElement.before(controls);
  show();
}

for (const table of document.querySelectorAll("table[data-sift]")) {
  const rows = [...table.tBodies[0].rows];
  makeFilterable(table, rows);
  makeSortable(table, rows);
}

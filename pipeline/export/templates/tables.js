// Sorts and filters the tables marked for it. Everything is readable without.
"use strict";
for (const table of document.querySelectorAll("table[data-sortable]")) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const words = table.dataset;
  const value = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.value ?? cell.textContent.trim();
  };
  const compare = (a, b) => {
    const difference = Number(a) - Number(b);
    return Number.isNaN(difference) ? a.localeCompare(b, document.documentElement.lang) : difference;
  };
  [...table.tHead.rows[0].cells].forEach((heading, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = heading.textContent;
    button.title = words.sort.replace("{column}", heading.textContent);
    heading.replaceChildren(button);
    button.addEventListener("click", () => {
      const falling = heading.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", falling ? "descending" : "ascending");
      rows.sort((a, b) => compare(value(a, column), value(b, column)) * (falling ? -1 : 1));
      body.append(...rows);
    });
  });
  const label = document.createElement("label");
  const field = document.createElement("input");
  const shown = document.createElement("span");
  field.type = "search";
  shown.setAttribute("role", "status");
  label.append(words.filter, field);
  const bar = document.createElement("p");
  bar.className = "filter";
  bar.append(label, shown);
  (table.closest(".scroll") ?? table).before(bar);
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLocaleLowerCase();
    for (const row of rows) row.hidden = !row.textContent.toLocaleLowerCase().includes(wanted);
    const left = rows.filter((row) => !row.hidden).length;
    shown.textContent = wanted ? words.shown.replace("{n}", left) : "";
  });
}

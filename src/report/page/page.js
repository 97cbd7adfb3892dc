// SPDX-License-Identifier: Apache-2.0
// What the page does beyond showing: tables sort, rows open, a link to a number's explanation opens the row that holds it.
// Without this script everything is open and in the order of the definition.
"use strict";

(() => {
  const next = { none: "ascending", ascending: "descending", descending: "none" };

  // The rows of a table, or its groups of rows where a row belongs with the one that it opens to.
  function itemsOf(table) {
    return [...(table.classList.contains("results") ? table.tBodies : table.tBodies[0].rows)];
  }

  // What an item is sorted by: the exact number, or the text; null when it is absent.
  function valueOf(item, column, isNumber) {
    const cell = (item.rows ? item.rows[0] : item).cells[column];
    if (isNumber) return "value" in cell.dataset ? Number(cell.dataset.value) : null;
    const text = cell.textContent.trim();
    return text === "–" ? null : text;
  }

  function compare(a, b) {
    return typeof a === "number" ? a - b : a.localeCompare(b, "en", { numeric: true });
  }

  // Absent values stand last, whichever way; equal ones stay in their order.
  function sorted(items, column, isNumber, order) {
    const sign = order === "descending" ? -1 : 1;
    return items
      .map((item) => ({ item, value: valueOf(item, column, isNumber) }))
      .sort((a, b) => (a.value === null) - (b.value === null) || (a.value === null ? 0 : sign * compare(a.value, b.value)))
      .map(({ item }) => item);
  }

  function makeSortable(table) {
    const items = itemsOf(table);
    const headers = [...table.tHead.rows[0].cells];
    headers.forEach((header, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...header.childNodes);
      header.append(button);
      header.ariaSort = "none";
      button.addEventListener("click", () => {
        const order = next[header.ariaSort];
        for (const other of headers) other.ariaSort = "none";
        header.ariaSort = order;
        const rows = order === "none" ? items : sorted(items, column, header.classList.contains("number"), order);
        rows[0]?.parentNode.append(...rows);
      });
    });
  }

  function setOpen(detail, open) {
    detail.hidden = !open;
    detail.previousElementSibling.querySelector("button").ariaExpanded = String(open);
  }

  function makeOpenable(detail) {
    const title = detail.previousElementSibling.querySelector(".run");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "open";
    button.setAttribute("aria-controls", detail.id);
    button.append(...title.childNodes);
    title.append(button);
    button.addEventListener("click", () => setOpen(detail, detail.hidden));
    setOpen(detail, false);
  }

  function addOpenAll(details) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "all";
    button.textContent = "Open all rows";
    button.addEventListener("click", () => {
      const open = details.some((detail) => detail.hidden);
      for (const detail of details) setOpen(detail, open);
      button.textContent = open ? "Close all rows" : "Open all rows";
    });
    document.getElementById("results")?.after(button);
  }

  // The row that holds what the address points to is opened, and the reader's place is there.
  function reveal() {
    const target = document.getElementById(location.hash.slice(1));
    const detail = target?.closest("tr.detail");
    if (!detail) return;
    setOpen(detail, true);
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center" });
  }

  const details = [...document.querySelectorAll("tr.detail")];
  document.querySelectorAll("table.sortable").forEach(makeSortable);
  details.forEach(makeOpenable);
  if (details.length) addOpenAll(details);
  window.addEventListener("hashchange", reveal);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.hash === location.hash) reveal(); // the address stays as it is, and nothing else would tell
  });
  reveal();
})();

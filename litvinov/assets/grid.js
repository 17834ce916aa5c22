// The grid of indicators as a spreadsheet: arrows move, a key sets a level, Space opens the list
// of levels, Enter the statement. Every listener is on the document: rows come and go.
import { announce, headers, isMoved, merge, rememberLevels, setLevel, undo } from "./grid-saving.js";
import { closeStatement, openStatement } from "./grid-statement.js";
import { whyNot } from "./status.js";

const PAGE = 10; // rows that Page Up and Page Down leave behind

const grid = () => document.querySelector("[data-grid]");
const rows = () => [...grid().querySelectorAll("tbody[data-row]")];
const stops = (row) => [...row.querySelectorAll("[data-stop]")].filter((stop) => stop.checkVisibility());
const columnOf = (stop) =>
  stop.closest("[data-part]")?.dataset.part || (stop.matches(".indicator__name") ? "name" : "edit");

// --- one stop of the Tab key in the whole grid ----------------------------------------------

function rove() {
  if (!grid()) return;
  const all = grid().querySelectorAll("[data-stop]");
  let current = null;
  for (const stop of all) {
    if (stop.tabIndex === 0 && stop.dataset.current !== undefined) current = stop;
    stop.tabIndex = -1;
    if (stop.matches("[data-rate]")) {
      stop.setAttribute("role", "button");
      stop.setAttribute("aria-haspopup", "menu");
    }
  }
  current ||= grid().querySelector("[data-rate]") || all[0];
  if (current) current.tabIndex = 0;
}

document.addEventListener("focusin", ({ target }) => {
  const stop = target.closest?.("[data-grid] [data-stop]");
  if (!stop) return;
  for (const other of grid().querySelectorAll("[data-stop][tabindex='0']")) {
    other.tabIndex = -1;
    delete other.dataset.current;
  }
  stop.tabIndex = 0;
  stop.dataset.current = "";
});

function move(stop, key, toEdge) {
  const row = stop.closest("tbody[data-row]");
  const inRow = stops(row);
  const all = rows();
  const [x, y] = [inRow.indexOf(stop), all.indexOf(row)];
  const below = (distance) => all[Math.max(0, Math.min(all.length - 1, y + distance))];
  const sameColumn = (other) => stops(other).find((found) => columnOf(found) === columnOf(stop)) || stops(other)[0];
  const target = {
    ArrowLeft: () => inRow[x - 1],
    ArrowRight: () => inRow[x + 1],
    ArrowUp: () => sameColumn(below(-1)),
    ArrowDown: () => sameColumn(below(1)),
    PageUp: () => sameColumn(below(-PAGE)),
    PageDown: () => sameColumn(below(PAGE)),
    Home: () => (toEdge ? stops(all[0]) : inRow)[0],
    End: () => (toEdge ? stops(all.at(-1)) : inRow).at(-1),
  }[key];
  if (!target) return false;
  target()?.focus();
  return true;
}

function levelOf({ key, code }) {
  if (key === "Delete" || key === "Backspace") return "";
  if (key.length !== 1) return null;
  if (key === "?" || key.toLowerCase() === "n") return "cannot_judge";
  // On a Czech keyboard the upper row types letters; people still mean the numbers on it.
  return code.match(/^(?:Digit|Numpad)([0-4])$/)?.[1] ?? (/^[0-4]$/.test(key) ? key : null);
}

document.addEventListener("keydown", (event) => {
  const stop = event.target.closest?.("[data-grid] [data-stop]");
  if (!stop || event.target !== stop || event.altKey) return;
  const row = stop.closest("tbody[data-row]");
  const cell = stop.matches("[data-rate]") ? stop : null;
  const control = event.ctrlKey || event.metaKey;
  const act = (action) => {
    event.preventDefault();
    action?.();
  };
  if (control && event.key.toLowerCase() === "z") return act(() => undo()?.focus());
  if (event.shiftKey && event.key === " ") return act(() => row.querySelector("[data-tick]")?.click());
  if (control && !["Home", "End"].includes(event.key)) return;
  if (move(stop, event.key, control)) return act();
  const part = stop.closest(".rating");
  if (part && (event.key === "Enter" || event.key === "F2")) {
    const moment = part.dataset.part.split("-")[0];
    // The words of an interim state are written on a page of their own.
    if (moment === "interim") return act(() => stop.href && location.assign(stop.href));
    return act(() => openStatement(row.querySelector(`[data-statement="${moment}"]`), stop));
  }
  if (!cell) return;
  if (event.key === " ") return act(() => openLevels(cell));
  const level = levelOf(event);
  if (level !== null) act(() => setLevel(cell, level));
});

// --- the list of levels ---------------------------------------------------------------------

let levels = null;
let rated = null;

function openLevels(cell) {
  if (!levels) {
    levels = document.querySelector("template[data-levels]").content.firstElementChild.cloneNode(true);
    document.getElementById("obsah").append(levels);
    levels.addEventListener("toggle", ({ newState }) => {
      if (newState === "closed") rated?.removeAttribute("aria-expanded");
    });
  }
  rated = cell;
  for (const level of levels.children) {
    level.setAttribute("aria-checked", String(level.dataset.verdict === cell.dataset.verdict));
  }
  levels.showPopover();
  cell.setAttribute("aria-expanded", "true");
  const { left, bottom, top } = cell.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = levels;
  const below = bottom + height + 8 < innerHeight;
  levels.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  levels.style.top = `${Math.max(8, below ? bottom + 4 : top - height - 4)}px`;
  (levels.querySelector("[aria-checked=true]") || levels.firstElementChild).focus({ preventScroll: true });
}

function choose(verdict) {
  const { id } = rated.closest("tbody");
  const name = rated.dataset.rate;
  levels.hidePopover();
  // The cell may have been drawn anew meanwhile.
  const cell = document.getElementById(id)?.querySelector(`[data-rate="${name}"]`);
  if (!cell) return;
  cell.focus({ preventScroll: true });
  setLevel(cell, verdict);
}

document.addEventListener("keydown", (event) => {
  const level = event.target.closest?.(".levels__level");
  if (!level) return;
  const all = [...levels.children];
  const at = all.indexOf(level);
  const next = { ArrowDown: all[at + 1] || all[0], ArrowUp: all.at(at - 1), Home: all[0], End: all.at(-1) }[event.key];
  const typed = levelOf(event);
  if (next) next.focus();
  else if (event.key === "Escape" || event.key === "Tab") {
    levels.hidePopover();
    rated.focus({ preventScroll: true });
  } else if (typed !== null) choose(typed);
  else return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  const { target } = event;
  if (!grid() || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const level = target.closest(".levels__level");
  if (level) return void choose(level.dataset.verdict);
  const cell = target.closest("[data-grid] [data-rate]");
  if (cell) {
    event.preventDefault();
    cell.focus({ preventScroll: true });
    return void openLevels(cell);
  }
  const statement = target.closest("[data-grid] [data-statement]");
  if (statement && !target.closest("a, form, button, summary") && getSelection().isCollapsed) openStatement(statement);
  const close = target.closest("[data-statement-form] [data-close]");
  if (close) closeStatement(close.closest("form"));
});

// --- several rows at once -------------------------------------------------------------------

const ticks = () => [...document.querySelectorAll("[data-tick]")];

function countTicks() {
  const bulk = document.querySelector("[data-bulk]");
  if (!bulk) return;
  const count = ticks().filter((tick) => tick.checked).length;
  const place = bulk.querySelector("[data-count]");
  bulk.hidden = count === 0;
  place.textContent = String(count);
  const all = document.querySelector("[data-tick-all]");
  all.hidden = false;
  all.checked = count > 0 && count === ticks().length;
  all.indeterminate = count > 0 && !all.checked;
}

document.addEventListener("change", ({ target }) => {
  if (target.matches("[data-tick-all]")) ticks().forEach((tick) => (tick.checked = target.checked));
  if (!target.matches("[data-tick], [data-tick-all]")) return;
  // The bar comes where the last message stood, which is over by now.
  document.getElementById("status").textContent = "";
  countTicks();
});

function dialogWith(html) {
  let dialog = document.querySelector("dialog[data-bulk-dialog]");
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.className = "dialog";
    dialog.dataset.bulkDialog = "";
    dialog.setAttribute("aria-labelledby", "hromadne-nadpis");
    document.getElementById("obsah").append(dialog);
  }
  dialog.innerHTML = html;
  if (!dialog.open) dialog.showModal();
  // What was focused went with the old answer. A long question is read from its beginning.
  const told = dialog.querySelector("[autofocus]");
  if (told) told.focus();
  else {
    dialog.querySelector(".form-actions button, a")?.focus();
    dialog.scrollTop = 0;
  }
  return dialog;
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-bulk], [data-bulk-dialog] form");
  if (!form || !grid()) return;
  event.preventDefault();
  try {
    const address = event.submitter?.hasAttribute("formaction") ? event.submitter.formAction : form.action;
    const stepBack = rememberLevels();
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: headers() });
    if (![200, 409, 422].includes(answer.status) || isMoved(answer)) throw answer;
    const html = await answer.text();
    if (answer.headers.get("X-Saved") === null) return void dialogWith(html);
    document.querySelector("dialog[data-bulk-dialog]")?.close();
    merge(html);
    stepBack();
    const bulk = document.querySelector("[data-bulk]");
    bulk.reset();
    bulk.elements.form_key.value = answer.headers.get("X-Saved");
    ticks().forEach((tick) => (tick.checked = false));
    countTicks();
    rows()[0] && (grid().querySelector("[data-stop][tabindex='0']") || rows()[0]).focus();
  } catch (refused) {
    announce(isMoved(refused) ? await refused.text() : whyNot(refused.status));
  }
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-bulk-dialog] [data-close]")) return;
  event.preventDefault();
  document.querySelector("dialog[data-bulk-dialog]").close();
});

// --- the filter survives a walk to another tab ----------------------------------------------

function rememberFilter() {
  const kept = (path) => `filter:${path}`;
  if (grid()) sessionStorage.setItem(kept(location.pathname), location.search);
  for (const tab of document.querySelectorAll("nav.tabs a")) {
    const search = sessionStorage.getItem(kept(tab.pathname));
    // On the list itself the tab leads to all of it.
    if (search && tab.pathname !== location.pathname) tab.search = search;
  }
}

rememberFilter();
rove();
countTicks();
addEventListener("pageshow", countTicks);
for (const event of ["grid:merged", "htmx:afterSettle"]) document.addEventListener(event, rove);

// A statement is written in its place in the grid: opened by Enter or a click, saved by
// Ctrl + Enter, closed by Escape, which keeps what was typed for the next time.
import { announce, headers, isMoved, merge } from "./grid-saving.js";
import { whyNot } from "./status.js";

// By address: what was typed and neither saved nor yet kept as a draft.
const typed = new Map();
const cameFrom = new WeakMap();

const textOf = (form) => form.querySelector("[name=statement]");

function put(place, html) {
  place.querySelector("form")?.remove();
  place.insertAdjacentHTML("beforeend", html);
  place.dataset.open = "";
  // Toolbar, count of words and drafts, as in any part that comes later.
  document.dispatchEvent(new CustomEvent("htmx:load", { detail: { elt: place } }));
  return place.querySelector("form");
}

export async function openStatement(place, back) {
  if (!place) return;
  const already = place.querySelector("form");
  if (already) return void textOf(already).focus();
  try {
    const answer = await fetch(place.dataset.url, { headers: headers() });
    if (!answer.ok) throw answer;
    const form = put(place, await answer.text());
    const text = textOf(form);
    const kept = typed.get(place.dataset.url);
    if (kept !== undefined && kept !== text.value) {
      text.value = kept;
      text.dispatchEvent(new Event("input", { bubbles: true }));
    }
    cameFrom.set(place, back);
    text.focus();
    text.setSelectionRange(text.value.length, text.value.length);
  } catch (refused) {
    announce(isMoved(refused) ? await refused.text() : whyNot(refused.status, { isLoading: true }));
  }
}

function goBack(place) {
  const moment = place.dataset.statement;
  const row = place.closest("tbody");
  const back = cameFrom.get(place);
  const rater = back?.isConnected ? back : row.querySelector(`[data-part^="${moment}-"] [data-stop]`);
  rater?.focus();
}

export function closeStatement(form) {
  const place = form.closest("[data-statement]");
  typed.set(place.dataset.url, textOf(form).value);
  form.remove();
  delete place.dataset.open;
  goBack(place);
}

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form[data-statement-form]");
  if (!form) return;
  if (event.key === "Escape") closeStatement(form);
  else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  else return;
  event.preventDefault();
});

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-statement-form]");
  if (!form) return;
  event.preventDefault();
  const place = form.closest("[data-statement]");
  const row = place.closest("tbody");
  const moment = place.dataset.statement;
  form.setAttribute("aria-busy", "true");
  try {
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.action, { method: "POST", body, headers: headers() });
    if (![200, 409, 422].includes(answer.status) || isMoved(answer)) throw answer;
    const html = await answer.text();
    if (answer.ok) {
      typed.delete(place.dataset.url);
      form.remove();
      merge(html);
      goBack(row.querySelector(`[data-statement="${moment}"]`));
    } else {
      const again = put(place, html);
      (again.querySelector("[role=alert], [aria-invalid=true]") || textOf(again)).focus();
    }
  } catch (refused) {
    delete form.dataset.sent;
    form.dataset.unsaved = "";
    form.removeAttribute("aria-busy");
    announce(isMoved(refused) ? await refused.text() : whyNot(refused.status));
  }
});

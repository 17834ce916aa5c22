// Keys that work on every page; litvinov/shortcuts.py lists them. Those without Ctrl rest while a
// field, the grid or a window takes keys itself, and a person may turn them off in the overview.

const OFF = "shortcuts-off";
const TAKES_KEYS = "input, textarea, select, [contenteditable], [role=grid], [role=menu]";
const SAVED = "form[data-guard], form[data-saves]";

const link = () => document.querySelector("[data-shortcuts-link]");
const isOn = () => localStorage.getItem(OFF) === null;
const isWindowOpen = () => document.querySelector("dialog:modal") !== null;

function say(words) {
  document.getElementById("status").textContent = words;
}

// --- a key that leads somewhere -------------------------------------------------------------

const placeOf = (keys) =>
  [...document.querySelectorAll("[data-shortcut]")].find((place) => place.dataset.shortcut === keys && place.checkVisibility());

function follow(keys) {
  const place = placeOf(keys);
  if (!place) return void say(keys === "n" ? link().dataset.nothing : link().dataset.nowhere);
  if (!place.matches("input")) return void place.click();
  place.focus();
  place.select();
}

// After g the page waits for the letter without any hurry, and says that it waits.
let waits = false;

function wait() {
  waits = true;
  say(link().dataset.waiting);
}

function stopWaiting() {
  const status = document.getElementById("status");
  if (waits && status.textContent === link().dataset.waiting) say("");
  waits = false;
}

for (const event of ["pointerdown", "focusin"]) document.addEventListener(event, stopWaiting);
addEventListener("pagehide", stopWaiting);

// --- saving ---------------------------------------------------------------------------------

function formToSave() {
  const here = document.activeElement.closest("form");
  if (here?.matches(SAVED)) return here;
  const forms = document.querySelectorAll(SAVED);
  return forms.length === 1 ? forms[0] : null;
}

function save(event) {
  const form = isWindowOpen() ? null : formToSave();
  if (!form) return;
  event.preventDefault();
  if (!event.repeat) form.requestSubmit(form.querySelector(".form-actions button[type=submit]"));
}

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.defaultPrevented || event.isComposing || ["Shift", "CapsLock"].includes(key)) return;
  const isSecond = waits;
  stopWaiting();
  const control = event.ctrlKey || event.metaKey;
  if (control && !event.altKey && !event.shiftKey && key.toLowerCase() === "s") return save(event);
  if (control || event.altKey || event.repeat || key.length !== 1 || !isOn()) return;
  // A sign such as ? may need Shift; a letter with it is another key.
  if (event.shiftKey && /\p{L}/u.test(key)) return;
  if (target.closest?.(TAKES_KEYS) || isWindowOpen()) return;
  const pressed = key.toLowerCase();
  if (isSecond) follow(`g ${pressed}`);
  else if (pressed === "g") wait();
  else if (pressed === "?") openOverview(document.activeElement);
  else if (["/", "n"].includes(pressed)) follow(pressed);
  else return;
  event.preventDefault();
});

// --- the overview ---------------------------------------------------------------------------

let overview = null;
let opener = null;

async function load() {
  const answer = await fetch(link().href, { headers: { "HX-Request": "true" } });
  if (!answer.ok) throw answer;
  document.body.insertAdjacentHTML("beforeend", await answer.text());
  const dialog = document.body.lastElementChild;
  const box = dialog.querySelector("[data-shortcuts-switch]");
  box.checked = isOn();
  box.addEventListener("change", () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "")));
  dialog.addEventListener("close", () => opener.focus());
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog || target.closest("[data-close]")) dialog.close();
  });
  return dialog;
}

async function openOverview(from) {
  try {
    overview ||= load();
    const dialog = await overview;
    if (dialog.open) return;
    opener = from;
    dialog.showModal();
    dialog.querySelector("h2").focus();
    dialog.scrollTop = 0;
  } catch {
    overview = null;
    location.assign(link().href); // the same list on the page of help
  }
}

document.addEventListener("click", (event) => {
  const asked = event.target.closest("[data-shortcuts-link]");
  if (!asked || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openOverview(asked);
});

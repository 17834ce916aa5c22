// A list in an order people choose can be dragged into it as well. Each item holds the form of
// its two buttons; dropping it sends that form with the rank it was dropped at. Lists may stand
// within lists: an item moves in its own. Where data-order is "handle", items are dragged by a
// handle, so that the mouse can still mark what is written in them.

const PRESSED = "ordering pressed";
const formOf = (item) => [...item.querySelectorAll("form.ordering")].find((form) => form.closest("[data-ordered]") === item);

function makeHandle(form) {
  const handle = document.createElement("span");
  handle.className = "ordering__handle";
  handle.ariaHidden = "true";
  form.prepend(handle);
  return handle;
}

function enhanceOrder(list) {
  const items = () => [...list.querySelectorAll(":scope > [data-ordered]")];
  let dragged = null;
  const clear = () => items().forEach((item) => delete item.dataset.drop);

  for (const item of items()) {
    const form = formOf(item);
    if (!form) continue;
    const grip = list.dataset.order === "handle" ? makeHandle(form) : item;
    grip.draggable = true;
    if (grip === item) item.dataset.draggable = "";
    grip.addEventListener("dragstart", (event) => {
      if (event.target.closest("[data-ordered]") !== item) return;
      dragged = item;
      item.dataset.dragged = "";
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
      event.dataTransfer.setDragImage(item, 0, 0);
    });
    grip.addEventListener("dragend", () => {
      delete item.dataset.dragged;
      dragged = null;
      clear();
    });
    item.addEventListener("dragover", (event) => {
      if (!dragged || dragged === item) return;
      event.preventDefault();
      clear();
      const middle = item.getBoundingClientRect().top + item.offsetHeight / 2;
      item.dataset.drop = event.clientY < middle ? "before" : "after";
    });
    item.addEventListener("drop", (event) => {
      if (!dragged || dragged === item) return;
      event.preventDefault();
      const others = items().filter((other) => other !== dragged);
      const rank = others.indexOf(item) + (item.dataset.drop === "before" ? 1 : 2);
      const sent = formOf(dragged);
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "rank";
      field.value = rank;
      sent.append(field);
      sent.submit();
    });
  }
}

// Whoever moves something by the keyboard goes on where they were: on the button they pressed,
// or on the other one when there is nowhere further to go.
document.addEventListener("submit", ({ target, submitter }) => {
  if (!target.matches("form.ordering") || !submitter) return;
  const buttons = [...target.querySelectorAll("button")];
  sessionStorage.setItem(PRESSED, JSON.stringify([target.action, buttons.indexOf(submitter)]));
});

function focusPressed() {
  const pressed = JSON.parse(sessionStorage.getItem(PRESSED) || "null");
  sessionStorage.removeItem(PRESSED);
  if (!pressed) return;
  const form = [...document.querySelectorAll("form.ordering")].find(({ action }) => action === pressed[0]);
  const buttons = form ? [...form.querySelectorAll("button")] : [];
  const button = buttons[pressed[1]]?.disabled ? buttons.find(({ disabled }) => !disabled) : buttons[pressed[1]];
  button?.focus();
}

document.querySelectorAll("[data-order]").forEach(enhanceOrder);
// The part that the address points to takes the focus while the page loads.
addEventListener("load", () => setTimeout(focusPressed));

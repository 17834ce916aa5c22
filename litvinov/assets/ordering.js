// A list in an order people choose can be dragged into it as well. Each item holds the form of
// its two buttons; dropping it sends that form with the rank it was dropped at.

function enhanceOrder(list) {
  const items = () => [...list.querySelectorAll(":scope > [data-ordered]")];
  let dragged = null;
  const clear = () => items().forEach((item) => delete item.dataset.drop);

  for (const item of items()) {
    if (!item.querySelector("form.ordering")) continue;
    item.draggable = true;
    item.dataset.draggable = "";
    item.addEventListener("dragstart", (event) => {
      dragged = item;
      item.dataset.dragged = "";
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", "");
    });
    item.addEventListener("dragend", () => {
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
      const form = dragged.querySelector("form.ordering");
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "rank";
      field.value = rank;
      form.append(field);
      form.submit();
    });
  }
}

document.querySelectorAll("[data-order]").forEach(enhanceOrder);

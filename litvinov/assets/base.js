const fold = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

// Long lists of goals and actors get a field that narrows them down.
function enhancePicker(picker) {
  const choices = [...picker.querySelectorAll(".choice")];
  if (choices.length < 8 || picker.querySelector(".picker__search")) return;
  const search = document.createElement("input");
  search.type = "search";
  search.className = "picker__search";
  search.placeholder = picker.dataset.picker;
  search.setAttribute("aria-label", picker.dataset.picker);
  search.addEventListener("input", (event) => {
    // Looking for something changes nothing in the form.
    event.stopPropagation();
    const typed = fold(search.value);
    for (const choice of choices) {
      choice.hidden = !choice.querySelector("input").checked && !fold(choice.textContent).includes(typed);
    }
  });
  // Enter would send a half-filled form.
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  picker.querySelector(".choices").before(search);
}

// A count of people ticks the group it belongs to.
document.addEventListener("input", ({ target }) => {
  const row = target.closest(".attendance");
  if (row && target.type === "number" && target.value) row.querySelector("[type=checkbox]").checked = true;
});

// Leaving asks first while a form holds something typed that is kept nowhere, not even as a draft. A form sent by htmx
// holds it until the answer takes the form's place.
document.addEventListener("input", ({ target }) => {
  const form = target.closest("form[data-guard]");
  if (form) form.dataset.unsaved = "";
});
document.addEventListener("submit", ({ target }) => {
  if (!target.hasAttribute("hx-post")) delete target.dataset.unsaved;
});
window.addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-unsaved]:not([data-kept])")) event.preventDefault();
});

// Signing in again in another window gave this one a new token.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  const token = document.cookie.match(/(?:^|; )csrftoken=(\w+)/);
  if (token && detail.parameters.csrfmiddlewaretoken) detail.parameters.csrfmiddlewaretoken = token[1];
});

document.querySelectorAll("[data-picker]").forEach(enhancePicker);

// On a phone the tabs are one line pushed sideways: the one that is open shall be seen.
for (const current of document.querySelectorAll(".tabs [aria-current]")) {
  const line = current.closest("ul");
  const [tab, all] = [current.getBoundingClientRect(), line.getBoundingClientRect()];
  line.scrollLeft = tab.left - all.left - (all.width - tab.width) / 2;
}

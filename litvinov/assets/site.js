// What the pages gain with JavaScript; without it everything still works.

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
  search.addEventListener("input", () => {
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
function enhanceAttendance(row) {
  const [tick, count] = row.querySelectorAll("input");
  count.addEventListener("input", () => {
    if (count.value) tick.checked = true;
  });
}

// Leaving a form with something typed and not saved asks first.
let unsaved = false;
function guard(form) {
  form.addEventListener("input", () => (unsaved = true));
  form.addEventListener("submit", () => (unsaved = false));
}
window.addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});

function enhance(root) {
  root.querySelectorAll("[data-picker]").forEach(enhancePicker);
  root.querySelectorAll(".attendance").forEach(enhanceAttendance);
  root.querySelectorAll("form[data-guard]").forEach(guard);
}

enhance(document);
document.addEventListener("htmx:afterSwap", (event) => {
  unsaved = false;
  enhance(event.detail.elt.isConnected ? event.detail.elt : document);
});

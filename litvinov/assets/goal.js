// A new goal is offered the next code below the superior goal that is chosen, until somebody types another one.

const parent = document.querySelector("select[data-codes]");
const code = parent?.form.elements.code;
if (code) {
  const offered = JSON.parse(parent.dataset.codes);
  parent.addEventListener("change", () => {
    if (code.value === "" || Object.values(offered).includes(code.value)) code.value = offered[parent.value];
  });
}

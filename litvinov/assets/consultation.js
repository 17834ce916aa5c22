// The log of consultations says how many are ticked for an activity.

function countTicked(form) {
  const count = form.querySelector("[data-grouping-count]");
  const update = () => {
    const ticked = form.querySelectorAll("tbody input:checked").length;
    count.hidden = ticked === 0;
    count.textContent = `${count.dataset.words}: ${ticked}`;
  };
  form.addEventListener("change", update);
  // A page that comes back from the browser's memory comes with its ticks.
  addEventListener("pageshow", update);
  update();
}

document.querySelectorAll("[data-grouping]").forEach(countTicked);

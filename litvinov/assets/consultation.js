// The log of consultations says how many are ticked for an activity; its form says when what is
// being written seems to name a person.

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

function watchNames(place) {
  const form = place.closest("form");
  const texts = ["outcome", "new_actors"].map((name) => form.elements[name]);
  for (const text of texts) {
    text.addEventListener("change", async () => {
      const body = new URLSearchParams(texts.map(({ name, value }) => [name, value]));
      const headers = { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value, "HX-Request": "true" };
      try {
        const answer = await fetch(place.dataset.naming, { method: "POST", body, headers });
        if (answer.ok) place.innerHTML = await answer.text();
      } catch {
        // It is a hint; without a connection the form says so by itself.
      }
    });
  }
}

document.querySelectorAll("[data-naming]").forEach(watchNames);
document.querySelectorAll("[data-grouping]").forEach(countTicked);

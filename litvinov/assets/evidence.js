// A file too large is refused before it is sent; the server would say the same only after it came.

document.querySelectorAll("[data-file]").forEach((field) => {
  const input = field.querySelector("input[type=file]");
  input.addEventListener("change", () => {
    const isTooLarge = [...input.files].some((file) => file.size > Number(input.dataset.largest));
    field.querySelector(".field__errors")?.remove();
    field.classList.toggle("field--invalid", isTooLarge);
    input.removeAttribute("aria-invalid");
    if (!isTooLarge) return;
    const errors = document.createElement("ul");
    errors.className = "field__errors";
    errors.setAttribute("role", "alert");
    errors.append(document.createElement("li"));
    errors.firstChild.textContent = input.dataset.tooLarge;
    input.before(errors);
    input.setAttribute("aria-invalid", "true");
    input.value = "";
  });
});

// Longer texts get a toolbar, a preview as in the report and a count of words; forms keep what
// is typed as a draft on the server and say honestly whether it is there.
import "@github/markdown-toolbar-element";
import { say as announce, whyNot } from "./status.js";

const cookieToken = () => document.cookie.match(/(?:^|; )csrftoken=(\w+)/)?.[1] || "";

function enhanceWriting(writing) {
  if (writing.dataset.enhanced !== undefined) return;
  writing.dataset.enhanced = "";
  const text = writing.querySelector("textarea");
  const tools = writing.querySelector(".writing__tools");
  const button = writing.querySelector("[data-preview]");
  const preview = writing.querySelector("[data-preview-text]");
  const count = writing.querySelector("[data-count]");
  const field = text.closest(".gov-form-input");
  tools.hidden = false;
  count.hidden = false;

  const countWords = () => {
    const words = text.value.match(/[\p{L}\p{N}]+(?:[-–.,/][\p{L}\p{N}]+)*/gu)?.length || 0;
    const { one, few, many } = count.dataset;
    count.textContent = `${words} ${words === 1 ? one : words >= 2 && words <= 4 ? few : many}`;
  };
  countWords();
  text.addEventListener("input", countWords);

  button.addEventListener("click", async () => {
    const showing = button.getAttribute("aria-expanded") === "true";
    if (!showing) {
      const body = new URLSearchParams({ text: text.value });
      const headers = { "X-CSRFToken": cookieToken(), "HX-Request": "true" };
      try {
        const answer = await fetch(writing.dataset.writing, { method: "POST", body, headers });
        if (!answer.ok) throw answer;
        preview.innerHTML = `<div class="narrative">${await answer.text()}</div>`;
      } catch (refused) {
        announce(whyNot(refused.status, { isLoading: true }));
        return;
      }
    }
    preview.hidden = showing;
    field.hidden = !showing;
    button.setAttribute("aria-expanded", String(!showing));
    button.textContent = showing ? button.dataset.show : button.dataset.hide;
    if (showing) text.focus();
  });
}

const WAIT = 1500; // milliseconds after the last key
const RETRY = 10000;

function keepDrafts(form) {
  const status = form.querySelector("[data-draft-status]");
  if (!status || form.dataset.keeps !== undefined) return;
  form.dataset.keeps = "";
  let timer = null;
  let changed = false;
  let sending = false;

  const say = (words) => {
    if (status.textContent !== words) status.textContent = words;
  };
  const body = () => {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
    fields.append("form_address", form.dataset.draft);
    fields.set("csrfmiddlewaretoken", cookieToken());
    return fields;
  };
  const wait = (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(send, milliseconds);
  };

  async function send() {
    if (!changed || sending || form.dataset.sent !== undefined) return;
    changed = false;
    sending = true;
    say(status.dataset.saving);
    try {
      const answer = await fetch(form.dataset.draftUrl, {
        method: "POST",
        body: body(),
        headers: { "HX-Request": "true" },
      });
      if (!answer.ok) throw answer;
      const { saved } = await answer.json();
      if (saved && !changed) {
        say(status.dataset.saved.replace("{time}", saved));
        form.dataset.kept = "";
      }
      delete status.dataset.wrong;
    } catch (refused) {
      changed = true;
      status.dataset.wrong = "";
      const { offline, signedOut, failed } = status.dataset;
      say(refused.status === undefined ? offline : refused.status === 401 || refused.status === 403 ? signedOut : failed);
      if (refused.status !== 400) wait(RETRY);
    } finally {
      sending = false;
      if (changed && status.dataset.wrong === undefined) wait(WAIT);
    }
  }

  // A browser may fetch the page anew when somebody goes back to it. The form then keeps the key it had, as the fields
  // keep what was typed; a new key would save the same form twice.
  const key = form.querySelector("[name=form_key]");
  const keys = history.state?.formKeys || {};
  if (key && keys[form.dataset.draft]) key.value = keys[form.dataset.draft];
  else if (key) {
    history.replaceState({ ...history.state, formKeys: { ...keys, [form.dataset.draft]: key.value } }, "");
  }

  form.addEventListener("input", () => {
    changed = true;
    delete form.dataset.kept;
    wait(WAIT);
  });
  // Back online, or back from signing in in another window.
  addEventListener("online", () => wait(0));
  addEventListener("focus", () => changed && wait(0));
  // The last words before a tab is closed.
  addEventListener("pagehide", () => {
    if (changed && form.dataset.sent === undefined) navigator.sendBeacon(form.dataset.draftUrl, body());
  });
  form.addEventListener("submit", () => {
    form.dataset.sent = "";
    // Signing in again in another window gave this one a new token.
    const token = form.querySelector("[name=csrfmiddlewaretoken]");
    if (token && cookieToken()) token.value = cookieToken();
  });
  // The page comes back from the browser's memory when somebody goes back.
  addEventListener("pageshow", () => delete form.dataset.sent);
}

function enhance(part) {
  part.querySelectorAll("[data-writing]").forEach(enhanceWriting);
  part.querySelectorAll("form[data-draft]").forEach(keepDrafts);
}

enhance(document);
document.addEventListener("htmx:load", ({ detail }) => enhance(detail.elt));

// Levels set in the grid of indicators are sent at once, each cell in turn. What is on its way,
// what waits for a connection and what needs an answer stays visible in its cell.

const RETRY = 5000;
const AT_ONCE = 2; // rows sent at the same time

const cookieToken = () => document.cookie.match(/(?:^|; )csrftoken=(\w+)/)?.[1] || "";
const grid = () => document.querySelector("[data-grid]");
const rowOf = (element) => element.closest("tbody[data-row]");
const partOf = (row, name) => row?.querySelector(`[data-part="${name}"]`);

// By "row/cell": the level a person set and the server does not have yet.
const pending = new Map();
const busy = new Set();
let timer = null;

export const headers = () => ({
  "HX-Request": "true",
  "HX-Current-URL": location.href,
  "X-CSRFToken": cookieToken(),
});

// The page shows indicators of a version of the catalogue that the program has left meanwhile.
export const isMoved = (answer) => answer.headers?.has("X-Moved") ?? false;

export function announce(words) {
  const status = document.getElementById("status");
  if (words && status) status.textContent = words;
}

function levelWords(verdict) {
  const levels = document.querySelector("template[data-levels]").content;
  return levels.querySelector(`[data-verdict="${verdict}"]`).textContent.trim();
}

function show(place, verdict) {
  const [, sign, word] = levelWords(verdict).match(/^(?:(\d) )?(.*)$/);
  const level = Object.assign(document.createElement("span"), { className: "rate__level" });
  level.textContent = sign || (verdict ? "?" : "–");
  if (!sign) level.setAttribute("aria-hidden", "true");
  const words = Object.assign(document.createElement("span"), { className: "rate__word" });
  words.textContent = word;
  place.replaceChildren(level, " ", words);
}

function paint(key) {
  const [rowId, name] = key.split("/");
  const part = partOf(document.getElementById(rowId), name);
  const cell = part?.querySelector("[data-rate]");
  const entry = pending.get(key);
  if (!cell || !entry) return;
  part.dataset.pending = entry.state;
  show(cell.querySelector("[data-shown]"), entry.verdict);
  cell.querySelector("[data-state]").textContent = grid().dataset[entry.state];
  const mine = partOf(rowOf(cell), `question-${name}`)?.querySelector("[data-mine]");
  if (mine) show(mine, entry.verdict);
}

const verdictOf = (cell) => pending.get(keyOf(cell))?.verdict ?? cell.dataset.verdict;
const keyOf = (cell) => `${rowOf(cell).id}/${cell.dataset.rate}`;

// --- setting --------------------------------------------------------------------------------

const done = [];

export function setLevel(cell, verdict, { undoing = false } = {}) {
  const key = keyOf(cell);
  const before = verdictOf(cell);
  if (before === verdict && !["failed", "asked", "moved"].includes(pending.get(key)?.state)) return;
  if (!undoing) done.push({ key, before });
  partOf(rowOf(cell), `question-${cell.dataset.rate}`)?.remove();
  pending.set(key, { verdict, state: "pending" });
  paint(key);
  pump();
}

const cellOf = (key) => {
  const [rowId, name] = key.split("/");
  return partOf(document.getElementById(rowId), name)?.querySelector("[data-rate]");
};

// What several rows at once are about to overwrite; called again afterwards, it makes one step back of them.
export function rememberLevels() {
  const before = [...grid().querySelectorAll("[data-rate]")].map((cell) => ({ key: keyOf(cell), before: cell.dataset.verdict }));
  return () => {
    const changed = before.filter((one) => (cellOf(one.key)?.dataset.verdict ?? one.before) !== one.before);
    if (changed.length) done.push(changed);
  };
}

export function undo() {
  const cells = [done.pop() ?? []].flat().map(({ key, before }) => {
    const cell = cellOf(key);
    if (cell) setLevel(cell, before, { undoing: true });
    return cell;
  });
  return cells[0];
}

function pump() {
  for (const [key, entry] of pending) {
    if (busy.size >= AT_ONCE) return;
    const rowId = key.split("/")[0];
    if (entry.state === "pending" && !busy.has(rowId)) send(key, entry, rowId);
  }
}

function sendAgain() {
  clearTimeout(timer);
  for (const [key, entry] of pending) {
    if (!["offline", "signedOut"].includes(entry.state)) continue;
    entry.state = "pending";
    paint(key);
  }
  pump();
}

async function send(key, entry, rowId) {
  const row = document.getElementById(rowId);
  const cell = partOf(row, key.split("/")[1])?.querySelector("[data-rate]");
  if (!cell) return;
  busy.add(rowId);
  entry.state = "saving";
  paint(key);
  const { moment, rater, version, day } = cell.dataset;
  const body = new URLSearchParams({
    moment, rater, verdict: entry.verdict, opened_version: version, form_key: row.dataset.key,
  });
  if (day) body.set("day", day);
  if (entry.reason !== undefined) body.set("reason", entry.reason);
  try {
    const answer = await fetch(row.dataset.url, { method: "POST", body, headers: headers() });
    if (![200, 409, 422].includes(answer.status) || isMoved(answer)) throw answer;
    const html = await answer.text();
    // Somebody who pressed another key meanwhile gets the last one saved, not this one.
    const isLast = pending.get(key) === entry;
    if (isLast && answer.ok) pending.delete(key);
    if (isLast && !answer.ok) entry.state = "asked";
    merge(html, isLast && answer.ok ? key : "");
    if (isLast && !answer.ok) ask(key);
  } catch (refused) {
    const { status } = refused;
    entry.state = status === undefined ? "offline" : status === 401 ? "signedOut" : "failed";
    if (isMoved(refused)) entry.state = "moved";
    announce(grid()?.dataset[entry.state]);
    clearTimeout(timer);
    timer = setTimeout(sendAgain, RETRY);
  } finally {
    busy.delete(rowId);
    paint(key);
    pump();
  }
}

addEventListener("online", sendAgain);
addEventListener("focus", sendAgain);
addEventListener("beforeunload", (event) => {
  if (pending.size) event.preventDefault();
});

// --- questions: a reason, or whose level shall hold -----------------------------------------

function ask(key) {
  paint(key);
  const [rowId, name] = key.split("/");
  const row = document.getElementById(rowId);
  const question = partOf(row, `question-${name}`);
  if (!question) return;
  announce(question.querySelector(".question__title").textContent.trim());
  // Whoever has gone on to another row is not pulled back.
  const here = document.activeElement;
  if (partOf(row, name).contains(here) || question.contains(here) || here === document.body) {
    question.querySelector("textarea, button").focus();
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-rate-form]");
  if (!form) return;
  event.preventDefault();
  const key = `${rowOf(form).id}/${form.dataset.rateForm}`;
  const reason = form.querySelector("[name=reason]")?.value;
  pending.set(key, { verdict: form.dataset.verdict, reason, state: "pending" });
  paint(key);
  pump();
});

document.addEventListener("click", ({ target }) => {
  const form = target.closest("[data-keep]")?.closest("form[data-rate-form]");
  if (!form) return;
  const row = rowOf(form);
  const name = form.dataset.rateForm;
  const key = `${row.id}/${name}`;
  const fresh = pending.get(key)?.fresh;
  pending.delete(key);
  partOf(row, `question-${name}`).remove();
  if (fresh) partOf(row, name).replaceWith(fresh);
  row.dispatchEvent(new CustomEvent("grid:merged", { bubbles: true }));
  partOf(row, name).querySelector("[data-stop]").focus();
});

// --- answers --------------------------------------------------------------------------------

// Put the parts of fresh rows in place of the old ones; what a person is just filling in stays.
export function merge(html, savedKey = "") {
  const template = document.createElement("template");
  template.innerHTML = html;
  for (const fresh of template.content.querySelectorAll("tbody[data-row]")) mergeRow(fresh, savedKey);
  for (const chart of template.content.querySelectorAll("figure.dumbbell")) {
    chart.removeAttribute("hx-swap-oob");
    document.getElementById(chart.id)?.replaceWith(chart);
  }
  for (const plan of template.content.querySelectorAll("[data-plan]")) {
    document.getElementById(plan.id)?.replaceWith(plan);
  }
  announce(template.content.querySelector("#status")?.textContent.trim());
}

function mergeRow(fresh, savedKey) {
  const row = document.getElementById(fresh.id);
  if (!row?.matches("[data-row]")) return;
  row.dataset.key = fresh.dataset.key;
  const focusedQuestion = document.activeElement.closest?.("[data-question]");
  for (const question of row.querySelectorAll("[data-question]")) {
    const waits = pending.get(`${row.id}/${question.dataset.question}`)?.state === "asked";
    if (!waits) question.remove();
  }
  for (const part of fresh.querySelectorAll("[data-part]")) mergePart(row, part, savedKey);
  if (focusedQuestion && !focusedQuestion.isConnected) {
    const next = partOf(row, `question-${focusedQuestion.dataset.question}`);
    (next || partOf(row, focusedQuestion.dataset.question)).querySelector("textarea, [data-stop]").focus();
  }
  row.dispatchEvent(new CustomEvent("grid:merged", { bubbles: true }));
}

function mergePart(row, part, savedKey) {
  const name = part.dataset.part;
  const key = `${row.id}/${name}`;
  const old = partOf(row, name);
  const entry = pending.get(key);
  if (!old) {
    if (part.matches("[data-question]")) row.append(part);
  } else if (entry) {
    entry.fresh = part;
    const { version, verdict } = part.querySelector("[data-rate]")?.dataset || {};
    if (version !== undefined) Object.assign(old.querySelector("[data-rate]").dataset, { version, verdict });
  } else if (name === "tick") {
    const [tick, other] = [old, part].map((place) => place.querySelector("input"));
    if (tick && other) tick.value = other.value;
  } else if (old.matches("[data-question]") || !old.querySelector("form")) {
    const hadFocus = old.contains(document.activeElement);
    old.replaceWith(part);
    if (key === savedKey) {
      part.dataset.pending = "saved";
      part.querySelector("[data-state]").textContent = grid().dataset.saved;
    }
    if (hadFocus) (part.matches("[data-stop]") ? part : part.querySelector("[data-stop]"))?.focus({ preventScroll: true });
  }
}

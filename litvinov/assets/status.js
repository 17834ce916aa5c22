// What goes on is said in the live region of the page and shown there: loading, saving, what came of it.

const SLOW = 300; // milliseconds; what is quicker needs no words
const place = () => document.getElementById("status");

export function say(words) {
  if (words && place().textContent !== words) place().textContent = words;
}

// Why a request came to nothing; `status` is that of the answer, 0 or undefined when none came.
export function whyNot(status, { isLoading = false } = {}) {
  const { failed, notLoaded, refused, signedOut } = place().dataset;
  if (status === 401) return signedOut;
  if ([403, 404, 410].includes(status)) return refused;
  return isLoading ? notLoaded : failed;
}

let timer = null;

// Say that something is going on, once it takes long; `finish` takes the words back.
export function begin(isLoading) {
  clearTimeout(timer);
  timer = setTimeout(() => say(isLoading ? place().dataset.loading : place().dataset.saving), SLOW);
}

export function finish() {
  clearTimeout(timer);
  const { loading, saving } = place().dataset;
  if ([loading, saving].includes(place().textContent)) place().textContent = "";
}

const isLoading = ({ requestConfig }) => requestConfig?.verb === "get";
// What asks again and again by itself says on its own what is new.
document.addEventListener("htmx:beforeRequest", ({ detail }) => detail.elt.hasAttribute("data-quiet") || begin(isLoading(detail)));
document.addEventListener("htmx:afterRequest", finish);
// A request that failed leaves the form as it is and says so.
for (const event of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(event, ({ detail }) => say(whyNot(detail.xhr.status, { isLoading: isLoading(detail) })));
}

// A form of a whole page: the browser shows only that something is loading.
document.addEventListener("submit", (event) => {
  const isLeft = event.target.getAttribute("method") === "post" && !event.target.hasAttribute("hx-post");
  setTimeout(() => isLeft && !event.defaultPrevented && begin(false));
});
addEventListener("pageshow", finish);

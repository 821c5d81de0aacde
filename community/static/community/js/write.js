/* Brings the comment form in place of the link that leads to it. Without this the link opens the form as a page. */

/* Going from a comment to a reply must not cost the text. */
function keepWhatWasTyped(old, form) {
  for (const field of old?.querySelectorAll("textarea, select, input[name=name]") ?? []) {
    const same = form.elements.namedItem(field.name);
    if (same) same.value = field.value;
  }
  old?.remove();
}

async function bringForm(link) {
  const answer = await fetch(link.href, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const form = page.querySelector("form#write");
  if (!answer.ok || !form) throw new Error("no form");
  keepWhatWasTyped(document.querySelector("form#write"), form);
  document.querySelectorAll("p[data-write]").forEach((place) => { place.hidden = place.contains(link); });
  link.closest("article, p").after(form);
  form.querySelector("textarea").focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-write] a, a[data-write]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  bringForm(link).catch(() => window.location.assign(link.href));
});

/* Reacts in place: sends the form of the comment’s own page and brings the new numbers. For readers who are not signed in,
   and for a concern, which wants a reason, the link opens that page. */

const parsed = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

async function react(link) {
  const page = await parsed(await fetch(link.href, { credentials: "same-origin" }));
  const button = page.querySelector(`button[data-react="${link.dataset.react}"]`);
  if (!button) throw new Error("not here");
  const form = button.closest("form");
  const body = new FormData(form);
  body.set("do", button.value);
  const answer = await fetch(form.getAttribute("action"), { method: "POST", body, credentials: "same-origin" });
  const article = link.closest("article");
  const fresh = (await parsed(answer)).getElementById(article.id)?.querySelector(".reacts");
  if (!answer.ok || !fresh) throw new Error("not counted");
  article.querySelector(".reacts").replaceWith(fresh);
  const again = fresh.querySelector(`[data-react="${link.dataset.react}"]`);
  again.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest(".reacts a[data-react]");
  if (!link || link.dataset.react === "concern" || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  react(link).catch(() => window.location.assign(link.href));
});

/* Reacts in place: sends the form of the comment's own page and brings the new numbers. Without this, or for readers who
   are not signed in, and for a concern, which wants a reason, the link opens that page. */

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

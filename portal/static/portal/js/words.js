/* Opens the meaning of a word beside it. Without this the word leads to the list at the end of the page. */

const GAP = 6;
const box = document.createElement("div");
for (const [key, value] of Object.entries({ class: "meaning", popover: "auto", role: "dialog", tabindex: "-1" })) {
  box.setAttribute(key, value);
}

function show(link) {
  const entry = document.getElementById(link.hash.slice(1));
  const meaning = document.createElement("p");
  meaning.append(...entry.querySelector("dd").cloneNode(true).childNodes);
  box.replaceChildren(entry.querySelector("dfn").cloneNode(true), meaning);
  box.setAttribute("aria-label", entry.querySelector("dfn").textContent);
  link.after(box); // the next stop of the tab key
  box.showPopover();
  const word = link.getBoundingClientRect();
  const fits = word.bottom + GAP + box.offsetHeight < innerHeight || word.top < box.offsetHeight + GAP;
  box.style.top = `${fits ? word.bottom + GAP : word.top - GAP - box.offsetHeight}px`;
  box.style.left = `${Math.max(GAP, Math.min(word.left, document.documentElement.clientWidth - box.offsetWidth - GAP))}px`;
  box.focus({ preventScroll: true });
}

if (HTMLElement.prototype.showPopover) {
  for (const link of document.querySelectorAll("a.explained")) {
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(link);
    });
  }
  addEventListener("scroll", () => box.matches(":popover-open") && box.hidePopover(), { passive: true });
}

// Comfort for the moderators' desk; everything works without it. No key decides anything by itself.
// j and k walk the rows, x ticks, a, h and e choose an outcome, n opens the next, f goes to the filter, m takes marked words.
// Off where the profile's keyboard shortcuts are off (WCAG 2.1.4).
const isOn = window.wagtailConfig?.KEYBOARD_SHORTCUTS_ENABLED !== false;
const queue = document.querySelector("[data-desk-rows]");
const decision = document.querySelector("[data-desk-decide]");
const rows = queue ? [...queue.querySelectorAll("[data-desk-row]")] : [];
let at = -1;

function go(index) {
  at = Math.max(0, Math.min(index, rows.length - 1));
  rows[at].querySelector("a").focus();
  rows[at].scrollIntoView({ block: "nearest" });
}

function choose(value) {
  const form = queue ?? decision;
  const radio = form?.querySelector(`[name=outcome][value=${value}]`);
  if (!radio) return;
  if (queue && !queue.querySelector("[name=ids]:checked")) rows[at]?.querySelector("[name=ids]")?.click();
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  const reason = form.querySelector("[name=reason]");
  const clean = value === "published";
  if (clean) reason.value = "no-fault";
  else if (reason.value === "no-fault") reason.selectedIndex = -1;
  (clean ? radio : reason).focus();
}

function takeMarkedWords() {
  const marked = window.getSelection();
  const place = marked.anchorNode?.parentElement?.closest("[data-desk-pick]");
  const words = marked.toString().trim();
  const field = place && document.getElementById(place.dataset.deskPick);
  if (!field || !words) return;
  field.value = [field.value.trim(), words].filter(Boolean).join("\n");
  decision?.querySelector("[name=outcome][value=redacted]")?.click();
  field.focus();
}

const keys = {
  a: () => choose("published"),
  h: () => choose("hidden"),
  d: () => choose("redacted"),
  e: () => choose("erased"),
  r: () => decision?.querySelector("[name=reason]")?.focus(),
  m: takeMarkedWords,
  f: () => document.getElementById("queue-q")?.focus(),
  x: () => rows[at]?.querySelector("[type=checkbox]")?.click(),
};

function press(event) {
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    decision?.querySelector("[data-desk-submit]")?.click();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input:not([type=checkbox],[type=radio]),select,textarea")) return;
  const step = { j: 1, k: -1 }[event.key];
  const link = document.querySelector(`[data-desk-key="${CSS.escape(event.key)}"]`);
  if (step && rows.length) go(at + step);
  else if (keys[event.key]) keys[event.key]();
  else if (link) link.click();
  else return;
  event.preventDefault();
}

function tally() {
  const boxes = [...queue.querySelectorAll("[name=ids]")];
  boxes.forEach((box) => box.closest("tr").classList.toggle("is-ticked", box.checked));
  const count = queue.querySelector("[data-desk-count]");
  count.dataset.words ??= count.textContent;
  const ticked = boxes.filter((box) => box.checked).length;
  count.textContent = `${count.dataset.words}: ${ticked}`;
}

if (queue) {
  queue.addEventListener("change", tally);
  tally();
}
if (isOn) {
  document.addEventListener("keydown", press);
  document.querySelectorAll("[data-desk-keys]").forEach((help) => { help.hidden = false; });
}
document.documentElement.classList.toggle("has-desk-keys", isOn);

/* Turns the cards without loading the page anew, so that the clock goes on and a full screen stays full; and the clock,
   the notes and a kiosk's turning by itself. Without this the links turn the cards. */

const IDLE = 60_000; // after somebody touched a kiosk
const said = document.getElementById("show-said");
const stage = () => document.querySelector("[data-show]");
const kind = stage()?.dataset.show;

// Turning

async function turn(url, { push = true, announce = true } = {}) {
  let answer;
  try {
    answer = await fetch(url, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(answer.status);
  } catch {
    if (announce) location.assign(url); // the browser says what is wrong; a kiosk keeps its card and tries again
    return;
  }
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!next.querySelector("[data-show]")) return announce && location.assign(url);
  const focused = ['[rel="prev"]', '[rel="next"]', "[data-pause]"].find((which) => document.activeElement?.matches(which));
  const clock = document.querySelector("[data-clock]");
  for (const place of ["main", ".langs"]) {
    const [old, fresh] = [document.querySelector(place), next.querySelector(place)];
    if (old && fresh) old.replaceWith(document.importNode(fresh, true));
  }
  if (clock && running) document.querySelector("[data-clock]").replaceWith(clock);
  document.title = next.title;
  history[push ? "pushState" : "replaceState"](null, "", url);
  prepare();
  const again = focused && document.querySelector(`.turns ${focused}`);
  again?.focus({ preventScroll: true });
  if (!announce) return;
  scrollTo(0, 0);
  if (!again) document.querySelector(".face h1").focus({ preventScroll: true });
  said.textContent = `${document.querySelector(".turns .place").textContent} ${document.querySelector(".face h1").textContent}`;
}

const link = (rel) => document.querySelector(`.turns [rel="${rel}"]`);
const go = (rel) => link(rel) && turn(link(rel).href);
const isTyping = (target) => target.closest?.("input, textarea, select, [contenteditable]");
const atEnd = () => scrollY + innerHeight >= document.documentElement.scrollHeight - 4;

document.addEventListener("click", (event) => {
  const anchor = event.target.closest?.(".turns a, a[data-turn]");
  if (!anchor || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  turn(anchor.href);
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || isTyping(event.target)) return;
  const isRtl = getComputedStyle(document.documentElement).direction === "rtl";
  const keys = { ArrowRight: isRtl ? "prev" : "next", ArrowLeft: isRtl ? "next" : "prev" };
  if (atEnd()) keys.PageDown = "next"; // a presenter's remote; else it scrolls to the rest of the card first
  if (scrollY <= 4) keys.PageUp = "prev";
  if (!keys[event.key] || !link(keys[event.key])) return;
  event.preventDefault();
  go(keys[event.key]);
});

addEventListener("popstate", () => stage() && turn(location.href, { push: false }));

// The clock

let running = 0;
let ends = 0;

function tick() {
  const clock = document.querySelector("[data-clock]");
  const seconds = Math.max(0, Math.round((ends - Date.now()) / 1000));
  write(clock, seconds);
  if (seconds) return;
  stop(clock);
  clock.classList.add("over");
  said.textContent = clock.querySelector(".left").textContent = clock.querySelector("button").dataset.over;
}

function write(clock, seconds) {
  clock.querySelector(".left").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function stop(clock) {
  clearInterval(running);
  running = 0;
  clock.querySelector("button").textContent = clock.querySelector("button").dataset.go;
}

function wind(clock) {
  clock.hidden = false;
  const [input, button] = [clock.querySelector("input"), clock.querySelector("button")];
  const minutes = () => Math.min(180, Math.max(1, Number(input.value) || Number(clock.dataset.minutes)));
  if (running) return;
  write(clock, minutes() * 60);
  input.addEventListener("input", () => !running && write(clock, minutes() * 60));
  button.addEventListener("click", () => {
    if (running) return stop(clock);
    clock.classList.remove("over");
    ends = Date.now() + minutes() * 60_000;
    running = setInterval(tick, 500);
    button.textContent = button.dataset.stop;
    tick();
  });
}

// Notes and hands, in this browser alone

const shelf = () => {
  const query = new URLSearchParams(location.search);
  for (const name of ["card", "seconds"]) query.delete(name);
  return `notes ${location.pathname.replace(/^\/\w+/, "")}?${query}`;
};

function kept() {
  try {
    return JSON.parse(localStorage.getItem(shelf())) || {};
  } catch {
    return {};
  }
}

function keep(notes) {
  try {
    localStorage.setItem(shelf(), JSON.stringify(notes));
  } catch {
    /* full or forbidden: the notes last as long as the page */
  }
}

function jot(place) {
  place.hidden = false;
  const { key, title } = stage().dataset;
  const notes = kept();
  const [text, count] = [place.querySelector("textarea"), place.querySelector("output")];
  const store = (change) => {
    const all = kept();
    all[key] = { hands: 0, text: "", ...all[key], title, ...change };
    keep(all);
  };
  text.value = notes[key]?.text || "";
  count.textContent = notes[key]?.hands || 0;
  text.addEventListener("input", () => store({ text: text.value }));
  for (const button of place.querySelectorAll("[data-vote]")) {
    button.addEventListener("click", () => {
      count.textContent = Math.max(0, Number(count.textContent) + Number(button.dataset.vote));
      store({ hands: Number(count.textContent) });
    });
  }
  const save = place.querySelector("[data-save]");
  save.addEventListener("click", () => saveFile(place.dataset.name, save.dataset.save));
  const forget = place.querySelector("[data-forget]");
  forget.addEventListener("click", () => {
    if (!confirm(forget.dataset.forget)) return;
    keep({});
    text.value = "";
    count.textContent = 0;
  });
}

function saveFile(name, hands) {
  const language = document.documentElement.lang;
  const cards = Object.values(kept()).filter((note) => note.text || note.hands);
  const parts = cards.map((note) => [note.title, note.hands ? `${hands}: ${note.hands}` : "", note.text].filter(Boolean).join("\n"));
  const head = [name, new Date().toLocaleDateString(language, { dateStyle: "long" }), location.href].join("\n");
  const file = new Blob([[head, ...parts].join("\n\n"), "\n"], { type: "text/plain;charset=utf-8" });
  const anchor = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: "workshop-notes.txt" });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 1000);
}

// A kiosk turns by itself, unless somebody reads, pauses it, or asked their system for less motion

const calm = matchMedia("(prefers-reduced-motion: reduce)");
let paused = calm.matches;
let touched = 0;
let turned = Date.now();

function label(button) {
  button.hidden = false;
  button.textContent = paused ? button.dataset.on : button.dataset.pause;
}

function watch() {
  const seconds = Number(stage()?.dataset.seconds) * 1000;
  const now = Date.now();
  if (paused || document.hidden || now - turned < seconds || (touched && now - touched < IDLE) || !link("next")) return;
  turned = now;
  turn(link("next").href, { push: false, announce: false });
}

function prepare() {
  turned = Date.now();
  const [clock, jots, pause] = ["[data-clock]", "[data-jots]", "[data-pause]"].map((name) => document.querySelector(name));
  if (clock) wind(clock);
  if (jots) jot(jots);
  for (const keys of document.querySelectorAll("[data-keys]")) keys.hidden = false;
  if (!pause) return;
  label(pause);
  pause.addEventListener("click", () => {
    paused = !paused;
    touched = 0;
    turned = Date.now();
    label(pause);
  });
}

if (kind) {
  prepare();
  if (kind === "kiosk") {
    calm.addEventListener("change", () => {
      paused = calm.matches;
      label(document.querySelector("[data-pause]"));
    });
    for (const name of ["keydown", "pointerdown", "wheel"]) addEventListener(name, () => (touched = Date.now()), { capture: true, passive: true });
    setInterval(watch, 1000);
  }
}

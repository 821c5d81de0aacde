// Comfort on the workbench: saves by itself, keeps the marks of tags whole, walks from text to text by keys.
// Without this file every text is a form with a button.

const bench = document.querySelector("[data-bench]");
const live = bench.querySelector("[data-bench-live]");
const WAIT = 1500; // after the last key
const AGAIN = 10000; // after a failure of the network
const MARK = /⟨\/?[\w:.-]+⟩/g;
const TAKES = new Set(["restore", "use"]); // buttons that put another text into the field
const hasKeys = window.wagtailConfig?.KEYBOARD_SHORTCUTS_ENABLED !== false;

class Text {
  constructor(element) {
    this.element = element;
    this.form = element.querySelector("[data-bench-form]");
    this.field = this.form.elements.text;
    this.told = element.querySelector("[data-bench-saved]");
    this.sent = this.field.value;
    this.failed = false;
    this.conflict = "";
    this.form.addEventListener("submit", (event) => this.submitted(event));
    this.form.addEventListener("input", () => this.later());
    this.field.addEventListener("blur", () => this.isDirty && this.save());
    this.field.addEventListener("beforeinput", (event) => keepMarksWhole(event, this.field));
    this.element.addEventListener("click", (event) => this.clicked(event));
    const insert = this.form.querySelector("[data-bench-insert]");
    if (insert) insert.hidden = false;
  }

  get isDirty() {
    return this.values() !== this.known;
  }

  // What a person wrote into this form: the text and the reasons.
  values() {
    const fields = [...this.form.elements].filter((one) => one.name === "text" || one.name.startsWith("reason-"));
    return JSON.stringify(fields.map((one) => [one.name, one.value]));
  }

  say(text, isBad = false) {
    this.told.textContent = text;
    this.told.classList.toggle("is-bad", isBad);
    const name = this.element.querySelector("h3").textContent.trim();
    if (text !== bench.dataset.changed && text !== bench.dataset.saving) live.textContent = `${name}: ${text}`;
  }

  later(wait = WAIT) {
    if (this.conflict) return;
    this.say(bench.dataset.changed);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  clicked(event) {
    const chip = event.target.closest("[data-open]");
    if (chip) insertMarks(this.field, chip.dataset.open, chip.dataset.close);
    const take = event.target.closest("[data-bench-take]");
    if (!take) return;
    event.preventDefault();
    this.field.value = this.element.querySelector("[data-bench-theirs]")?.textContent ?? "";
    this.form.elements.expected.value = this.conflict || this.form.elements.expected.value;
    this.settled();
    this.element.querySelector(".bench-conflict")?.remove();
    this.field.focus();
    this.save();
  }

  settled() {
    this.conflict = "";
    this.toggleButtons();
  }

  toggleButtons() {
    const buttons = this.form.querySelector(".bench-do");
    if (buttons) buttons.hidden = Boolean(this.conflict);
  }

  async submitted(event) {
    event.preventDefault();
    const button = event.submitter;
    if (button?.value === "mine" && this.conflict) {
      this.form.elements.expected.value = this.conflict;
      this.settled();
    }
    if (TAKES.has(button?.name) && this.isDirty && !(await this.save())) return; // else what was typed would be lost
    const isSaved = await this.save(button);
    if (isSaved && button?.value === "next") goTo(nextToDo(this));
  }

  // One at a time for each text; what is typed meanwhile is saved after it.
  save(button) {
    clearTimeout(this.timer);
    this.running = (this.running ?? Promise.resolve()).then(() => this.send(button));
    return this.running;
  }

  async send(button) {
    if (this.conflict) return false;
    if (!button && !this.isDirty) return true;
    const data = new FormData(this.form);
    if (button?.name) data.set(button.name, button.value);
    const values = this.values();
    this.say(bench.dataset.saving);
    let answer, response;
    try {
      response = await fetch(this.form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
      if (response.redirected) throw new Error(bench.dataset.signedOut);
      answer = await response.json();
    } catch (error) {
      this.failed = true;
      const why = error.message === bench.dataset.signedOut ? error.message : bench.dataset.offline;
      this.say(`${bench.dataset.failed} ${why}`, true);
      this.timer = setTimeout(() => this.save(), AGAIN);
      return false;
    }
    this.failed = false;
    this.show(answer, values, TAKES.has(button?.name));
    return Boolean(answer.saved);
  }

  show(answer, values, isRestored) {
    if (answer.parts) this.replace(answer, isRestored);
    if (answer.saved) this.field.removeAttribute("aria-invalid");
    else this.field.setAttribute("aria-invalid", "true");
    if (!answer.saved) {
      this.say(`${bench.dataset.failed} ${answer.message}`, true);
      if (isRestored && !this.conflict && answer.typed) this.field.value = answer.typed;
      this.known = isRestored ? this.values() : values; // the same is not sent again by itself
      return;
    }
    this.form.elements.expected.value = answer.token;
    this.element.dataset.state = answer.state;
    const state = this.element.querySelector("[data-bench-state]");
    state.textContent = answer.label;
    state.className = `bench-state bench-state--${answer.state}`;
    if (isRestored) {
      this.field.value = answer.typed;
      this.field.focus(); // the button may be gone with its version
    }
    this.known = isRestored ? this.values() : values;
    if (this.isDirty) this.later();
    else this.say(bench.dataset.saved);
  }

  replace(answer, isRestored) {
    if (!answer.saved && answer.parts.told.includes("bench-conflict")) this.conflict = answer.token;
    const focused = document.activeElement?.id;
    const reasons = new Map([...this.form.elements].filter((one) => one.name.startsWith("reason-")).map((one) => [one.name, one.value]));
    this.element.querySelector('[data-bench-part="told"]').innerHTML = answer.parts.told;
    this.element.querySelector('[data-bench-part="history"]').innerHTML = answer.parts.history;
    bench.querySelector('[data-bench-part="progress"]').innerHTML = answer.parts.progress;
    for (const [code, count] of Object.entries(answer.counts)) {
      bench.querySelector(`[data-bench-count="${code}"]`).textContent = count;
    }
    this.element.querySelector("[data-bench-history]").hidden = !answer.parts.history.trim();
    for (const [name, value] of reasons) {
      const field = this.form.elements[name];
      if (field && !isRestored) field.value = value;
    }
    if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
    this.toggleButtons();
  }
}

// A mark such as ⟨1⟩ is one thing: what would cut into it takes it whole, and nothing is typed inside.
function keepMarksWhole(event, field) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  const isBack = event.inputType.startsWith("deleteContentBackward") || event.inputType.startsWith("deleteWordBackward");
  const isForward = event.inputType.startsWith("deleteContentForward") || event.inputType.startsWith("deleteWordForward");
  for (const found of value.matchAll(MARK)) {
    const [from, to] = [found.index, found.index + found[0].length];
    const isInside = (at) => at > from && at < to;
    if (start === end) {
      const cuts = (isBack && start > from && start <= to) || (isForward && start >= from && start < to);
      if (cuts) field.setSelectionRange(from, to);
      else if (isInside(start)) field.setSelectionRange(to, to);
    } else if (isInside(start) || isInside(end)) {
      field.setSelectionRange(isInside(start) ? from : field.selectionStart, isInside(end) ? to : field.selectionEnd);
    }
  }
}

// Around what is marked, or at the cursor; undone by the browser's own undo where it allows that.
function insertMarks(field, open, close) {
  const { selectionStart: start, selectionEnd: end, value } = field;
  field.focus();
  const text = `${open}${value.slice(start, end)}${close}`;
  if (!document.execCommand("insertText", false, text)) field.setRangeText(text, start, end);
  const at = start + open.length + (end - start);
  field.setSelectionRange(at, at);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

const texts = [...bench.querySelectorAll("[data-bench-text]")]
  .filter((one) => one.querySelector("[data-bench-form]"))
  .map((one) => new Text(one));
for (const text of texts) text.known = text.values();

function nextToDo(after) {
  const at = texts.indexOf(after);
  const order = [...texts.slice(at + 1), ...texts.slice(0, at)];
  return order.find((one) => one.element.dataset.state !== "done");
}

function goTo(text) {
  if (!text) {
    live.textContent = bench.dataset.finished;
    return;
  }
  text.field.focus();
  text.element.scrollIntoView({ block: "center" });
}

function current() {
  const element = document.activeElement?.closest("[data-bench-text]");
  return texts.find((one) => one.element === element);
}

if (hasKeys && texts.length) {
  const keys = bench.querySelector("[data-bench-keys]");
  if (keys) keys.hidden = false;
  document.addEventListener("keydown", async (event) => {
    const here = current();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && here) {
      event.preventDefault();
      if (await here.save({ name: "do", value: "next" })) goTo(nextToDo(here));
    } else if (event.altKey && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      const at = texts.indexOf(here) + (event.key === "ArrowDown" ? 1 : -1);
      goTo(texts[Math.max(0, Math.min(at, texts.length - 1))]);
    }
  });
}

window.addEventListener("online", () => texts.filter((one) => one.failed).forEach((one) => one.save()));
window.addEventListener("beforeunload", (event) => {
  if (texts.some((one) => one.isDirty || one.conflict)) event.preventDefault();
});

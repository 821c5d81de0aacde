/* Suggests titles and other names while somebody types in a search box. Without this the box is a plain form.
   A combobox whose popup is a listbox: the focus stays in the box, aria-activedescendant says which option is meant. */

const WAIT = 150; // milliseconds without a key before the site is asked
const SHORTEST = 2;
const CARET = ["ArrowLeft", "ArrowRight", "Home", "End"]; // whoever moves it is back in the box
let boxes = 0;

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

class Suggestions {
  constructor(input) {
    const id = `suggestions-${++boxes}`;
    this.input = input;
    this.answers = new Map();
    this.active = -1;
    this.list = element("ul", { id, role: "listbox", class: "suggestions", "aria-label": input.dataset.suggestLabel });
    this.list.hidden = true;
    this.status = element("span", { role: "status", class: "vh" });
    input.form.append(this.list, this.status);
    const combobox = { role: "combobox", "aria-autocomplete": "list", "aria-controls": id, "aria-expanded": "false" };
    for (const [key, value] of Object.entries({ ...combobox, autocomplete: "off" })) input.setAttribute(key, value);
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.stop());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the box
    this.list.addEventListener("click", (event) => this.go(event.target.closest("[role=option]")));
  }

  get options() {
    return [...this.list.children];
  }

  get typed() {
    return this.input.value.trim().replace(/\s+/g, " ");
  }

  wait() {
    this.stop();
    if (this.typed.length >= SHORTEST) this.timer = setTimeout(() => this.ask(this.typed), WAIT);
  }

  stop() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.close();
  }

  async ask(typed) {
    this.asking = new AbortController();
    try {
      const known = this.answers.get(typed) ?? (await this.fetch(typed));
      this.answers.set(typed, known);
      if (typed === this.typed && document.activeElement === this.input) this.show(known);
    } catch {
      /* The form still works. */
    }
  }

  async fetch(typed) {
    const address = `${this.input.dataset.suggest}?${new URLSearchParams({ q: typed })}`;
    const answer = await fetch(address, { signal: this.asking.signal });
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }

  show({ options, status }) {
    this.list.replaceChildren(...options.map((option, n) => this.option(option, n)));
    this.open(options.length > 0);
    this.status.textContent = status;
  }

  option({ url, title, name, number, kind, language }, n) {
    const words = element("span", language ? { lang: language } : {}, name ? `${title} (${name})` : title);
    const attributes = { role: "option", id: `${this.list.id}-${n}`, "aria-selected": "false", "data-url": url };
    return element("li", attributes, element("b", {}, number), words, element("small", {}, kind));
  }

  open(opened) {
    this.list.hidden = !opened;
    this.input.setAttribute("aria-expanded", opened);
    this.mean(-1);
  }

  close() {
    this.open(false);
    this.status.textContent = "";
  }

  mean(n) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    const option = this.options[n];
    this.active = option ? n : -1;
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  key(event) {
    if (event.isComposing) return;
    if (this.list.hidden) {
      if (event.key === "ArrowDown" && this.answers.has(this.typed)) this.show(this.answers.get(this.typed));
      return;
    }
    const places = this.options.length + 1; // one of them is the box itself
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (CARET.includes(event.key)) return this.mean(-1);
    if (event.key in steps) this.mean(((this.active + 1 + steps[event.key] + places) % places) - 1);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.active >= 0) this.go(this.options[this.active]);
    else return;
    event.preventDefault();
  }

  go(option) {
    if (option) window.location.assign(option.dataset.url);
  }
}

document.querySelectorAll("input[data-suggest]").forEach((input) => new Suggestions(input));

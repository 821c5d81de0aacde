/* Makes part of a large drawing fill its frame: by buttons, arrow keys, dragging, and the wheel with a modifier.
   Without this the drawing stands there whole, and its links work the same. */

const MOST = 8;
const STEP = 1.5;

function enhance(figure) {
  const drawings = [...figure.querySelectorAll(":scope > svg[viewBox]")].map((svg) => {
    const { x, y, width, height } = svg.viewBox.baseVal;
    return { svg, whole: [x, y, width, height] };
  });
  if (!drawings.length) return;
  const buttons = {};
  let scale = 1;
  let middle = [0.5, 0.5]; // of what is shown, as a part of the whole

  function draw() {
    const reach = 0.5 / scale;
    middle = middle.map((part) => Math.min(1 - reach, Math.max(reach, part)));
    for (const { svg, whole: [x, y, width, height] } of drawings) {
      const left = x + (middle[0] - reach) * width;
      const top = y + (middle[1] - reach) * height;
      svg.setAttribute("viewBox", [left, top, width / scale, height / scale].join(" "));
      svg.style.touchAction = scale > 1 ? "none" : ""; // else a finger scrolls the page
      svg.style.userSelect = scale > 1 ? "none" : "";
      svg.style.cursor = scale > 1 ? "grab" : "";
    }
    buttons.in.setAttribute("aria-disabled", scale >= MOST);
    buttons.out.setAttribute("aria-disabled", scale <= 1);
    buttons.all.setAttribute("aria-disabled", scale <= 1);
  }

  /** What lies under `point`, a part of the frame, stays where it is. */
  function zoom(times, point = [0.5, 0.5]) {
    const next = Math.min(MOST, Math.max(1, scale * times));
    middle = middle.map((part, axis) => part + (point[axis] - 0.5) * (1 / scale - 1 / next));
    scale = next;
    draw();
  }

  function move(across, down) {
    middle = [middle[0] + across / scale, middle[1] + down / scale];
    draw();
  }

  const actions = { in: () => zoom(STEP), out: () => zoom(1 / STEP), all: () => zoom(1 / scale) };
  const bar = document.createElement("div");
  bar.className = "panzoom noprint";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", figure.dataset.panzoom);
  for (const [name, sign] of Object.entries({ in: "+", out: "−", all: "1:1" })) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    button.setAttribute("aria-label", figure.dataset[`zoom${name[0].toUpperCase()}${name.slice(1)}`]);
    button.title = button.getAttribute("aria-label");
    button.addEventListener("click", actions[name]);
    buttons[name] = button;
    bar.append(button);
  }
  const hint = document.createElement("small");
  hint.textContent = figure.dataset.zoomHint;
  bar.append(hint);
  figure.prepend(bar);

  const moves = { ArrowLeft: [-0.2, 0], ArrowRight: [0.2, 0], ArrowUp: [0, -0.2], ArrowDown: [0, 0.2] };
  const keys = { "+": actions.in, "=": actions.in, "-": actions.out, 0: actions.all };
  figure.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (keys[event.key]) keys[event.key]();
    else if (moves[event.key] && scale > 1) move(...moves[event.key]);
    else return;
    event.preventDefault();
  });

  for (const { svg } of drawings) {
    const part = (event) => {
      const frame = svg.getBoundingClientRect();
      return [(event.clientX - frame.left) / frame.width, (event.clientY - frame.top) / frame.height];
    };
    svg.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey && !event.metaKey) return; // the page scrolls
        event.preventDefault();
        zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, part(event));
      },
      { passive: false },
    );
    let held = null;
    let dragged = false;
    svg.addEventListener("pointerdown", (event) => {
      dragged = false;
      if (scale > 1 && event.isPrimary && event.button === 0) held = part(event);
    });
    svg.addEventListener("pointermove", (event) => {
      if (!held || !event.isPrimary) return;
      const now = part(event);
      if (!dragged && Math.hypot(now[0] - held[0], now[1] - held[1]) < 0.01) return;
      dragged = true;
      svg.setPointerCapture(event.pointerId);
      move(held[0] - now[0], held[1] - now[1]);
      held = now;
    });
    for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, () => (held = null));
    // A link is followed by a click, not at the end of a drag.
    svg.addEventListener("click", (event) => dragged && event.preventDefault(), true);
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    // What the tab key reaches is brought into the frame.
    svg.addEventListener("focusin", (event) => {
      if (scale <= 1 || !event.target.matches(":focus-visible")) return;
      const [frame, box] = [svg.getBoundingClientRect(), event.target.getBoundingClientRect()];
      const x = ((box.left + box.right) / 2 - frame.left) / frame.width - 0.5;
      const y = ((box.top + box.bottom) / 2 - frame.top) / frame.height - 0.5;
      if (Math.abs(x) > 0.4 || Math.abs(y) > 0.4) move(x, y);
    });
  }
  draw();
}

for (const figure of document.querySelectorAll("[data-panzoom]")) enhance(figure);

"use strict";
/* The source of a document: panels, and marks on pages and in the text. Offsets count UTF-16 units of the repaired
   text; what stands in <del> is no part of it. */
const Source = (() => {
  const { proofs, rules } = K.data;
  const byId = (id) => document.getElementById(id);
  const text = byId("text");
  const lines = text ? [...text.children] : [];
  const starts = lines.map((line) => Number(line.dataset.at));
  const sheets = new Map([...document.querySelectorAll(".page")].map((page) => [Number(page.dataset.page), page]));
  const tabs = [...byId("tabs").children];
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const narrow = matchMedia("(max-width: 60rem)");
  let open = null;

  const show = (tab, focus = false) => {
    open = tab.id.slice(4);
    for (const one of tabs) {
      const chosen = one === tab;
      one.setAttribute("aria-selected", String(chosen));
      one.tabIndex = chosen ? 0 : -1;
      byId(one.getAttribute("aria-controls")).hidden = !chosen;
    }
    if (focus) tab.focus();
  };
  const turn = (name) => { if (open !== name) show(byId(`tab-${name}`)); };

  byId("tabs").addEventListener("click", (event) => {
    const tab = event.target.closest("[role=tab]");
    if (tab) show(tab);
  });
  byId("tabs").addEventListener("keydown", (event) => {
    const at = tabs.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    show(tabs[(to + tabs.length) % tabs.length], true);
  });

  /* The line that holds an offset: the last that begins at or before it. */
  const lineAt = (offset) => {
    let low = 0, high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= offset) low = middle; else high = middle - 1;
    }
    return low;
  };

  const clear = () => {
    for (const mark of document.querySelectorAll("#text mark")) {
      const parent = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      parent.normalize();
    }
    for (const box of document.querySelectorAll(".page rect.on")) {
      if (box.dataset.main) box.classList.remove("on"); else box.remove();
    }
    for (const one of document.querySelectorAll(".edit.on")) one.classList.remove("on");
  };

  /* Wraps the words [start, end) in <mark>, line by line; returns the first. */
  const mark = ([start, end]) => {
    let first = null;
    for (let at = lineAt(start); at < lines.length && starts[at] < Math.max(end, start + 1); at++) {
      let offset = starts[at];
      const pieces = [];
      const walker = document.createTreeWalker(lines[at], NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const gone = node.parentElement.closest("del");
        const length = gone ? 0 : node.length;
        const from = Math.max(start - offset, 0), to = Math.min(end - offset, length);
        if (gone ? offset >= start && offset < end : from < to) pieces.push([node, gone ? 0 : from, gone ? node.length : to]);
        offset += length;
      }
      for (const [node, from, to] of pieces) {
        const range = document.createRange();
        range.setStart(node, from);
        range.setEnd(node, to);
        const made = K.make("mark");
        range.surroundContents(made);
        if (!first && !made.closest("del")) first = made;
      }
    }
    return first ?? lines[lineAt(start)] ?? null;
  };

  const box = (number, [page, x0, top, x1, bottom]) => {
    const sheet = sheets.get(page);
    if (!sheet || x0 === undefined) return null;
    const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const around = { x: x0 - 2, y: top - 2, width: Math.max(1, x1 - x0) + 4, height: Math.max(1, bottom - top) + 4, rx: 2 };
    for (const [name, value] of Object.entries(around)) rect.setAttribute(name, value);
    rect.dataset.proof = number;
    const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
    title.textContent = proofs[number].label;
    rect.append(title);
    sheet.querySelector("svg").append(rect);
    return rect;
  };

  proofs.forEach((proof, number) => {
    if (!proof.main) return;
    for (const place of proof.places) {
      const rect = box(number, place);
      if (rect) rect.dataset.main = "1";
    }
  });

  /* Scrolls a node to the middle: of its panel where that scrolls, else of the window. */
  const bring = (node) => {
    const panel = node?.closest(".panel");
    const behavior = still ? "instant" : "smooth";
    if (!panel) return;
    if (narrow.matches) { node.scrollIntoView({ block: "center", behavior }); return; }
    const at = node.getBoundingClientRect(), frame = panel.getBoundingClientRect();
    const middle = at.top + Math.min(at.height, frame.height) / 2 - frame.top - frame.height / 2;
    panel.scrollTo({ top: panel.scrollTop + middle, behavior });
  };

  /* Marks a proof everywhere and shows it: on its page where there is a picture, else in the text. */
  const prove = (number, inText = false) => {
    clear();
    const proof = proofs[number];
    const words = lines.length ? proof.spans.map(mark) : [];
    const drawn = [...document.querySelectorAll(`.page rect[data-proof="${number}"]`)];
    const boxes = drawn.length ? drawn : proof.places.map((place) => box(number, place)).filter(Boolean);
    for (const rect of boxes) rect.classList.add("on");
    const onPage = boxes.length > 0 || proof.places.some(([page]) => sheets.has(page));
    if (onPage && !inText && open !== "text") {
      turn("pages");
      bring(boxes[0] ?? sheets.get(proof.places[0][0]));
    } else {
      turn("text");
      bring(words[0] ?? byId("panel-text"));
    }
    return proof;
  };

  const change = (number) => {
    clear();
    turn("text");
    const mode = document.querySelector("input[name=mode]:checked");
    if (mode?.value === "clean") document.querySelector("input[name=mode][value=marked]").click();
    const edits = text.querySelectorAll(`.edit[data-change="${number}"]`);
    for (const edit of edits) { edit.classList.remove("off"); edit.classList.add("on"); }
    bring(edits[0]);
  };

  const hidden = new Set([...document.querySelectorAll("[data-rule]:not(:checked)")].map((one) => one.dataset.rule));
  for (const edit of text?.querySelectorAll(".edit") ?? []) {
    edit.title = rules[edit.dataset.change].map((rule) => K.t(`repair_${rule}`).replace(/^repair_/, "")).join(" + ");
  }
  const sift = () => {
    for (const edit of text?.querySelectorAll(".edit") ?? [])
      edit.classList.toggle("off", rules[edit.dataset.change].every((rule) => hidden.has(rule)));
  };
  sift();
  document.addEventListener("change", ({ target }) => {
    if (target.name === "mode") text.dataset.show = target.value;
    if (target.dataset.rule !== undefined) {
      if (target.checked) hidden.delete(target.dataset.rule); else hidden.add(target.dataset.rule);
      sift();
    }
  });

  show(byId(sheets.size ? "tab-pages" : "tab-text"));
  return Object.freeze({ prove, change, clear, narrow });
})();

"use strict";
/* The values: a click shows the proof; order, filter, keys. */
const Values = (() => {
  const byId = (id) => document.getElementById(id);
  const box = byId("cards");
  const back = byId("back");
  let chosen = null;

  const unmark = () => {
    for (const one of document.querySelectorAll("[data-proof].on:not(rect)")) {
      one.classList.remove("on");
      one.removeAttribute("aria-current");
    }
  };
  const choose = (button) => {
    unmark();
    chosen = button;
    button.classList.add("on");
    button.setAttribute("aria-current", "true");
    const proof = Source.prove(Number(button.dataset.proof), "text" in button.dataset);
    const quote = document.querySelector("#text mark")?.textContent ?? "";
    K.say(K.t("proof_said", { field: proof.label, quote }));
    back.hidden = !(Source.narrow.matches && button.closest(".left"));
  };

  document.addEventListener("click", (event) => {
    const rect = event.target.closest("rect[data-proof]");
    if (rect) {
      const button = box.querySelector(`[data-proof="${rect.dataset.proof}"]`);
      if (!button) return;
      byId("only").checked = false;
      sift();
      choose(button);
      button.scrollIntoView({ block: "center" });
      button.focus({ preventScroll: true });
      return;
    }
    const button = event.target.closest("button[data-proof]");
    if (button) choose(button);
    const sample = event.target.closest("button[data-change]");
    if (sample) { unmark(); Source.change(sample.dataset.change); }
  });
  back.addEventListener("click", () => {
    chosen?.scrollIntoView({ block: "center" });
    chosen?.focus({ preventScroll: true });
    back.hidden = true;
  });

  const seen = () => [...box.querySelectorAll("button.value")].filter((one) => one.offsetParent);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { unmark(); Source.clear(); return; }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !document.activeElement?.matches("button.value")) return;
    const all = seen();
    const next = all[all.indexOf(document.activeElement) + step];
    if (next) { event.preventDefault(); next.focus(); }
  });

  const order = () => {
    const key = byId("order").value;
    const cards = [...box.children];
    cards.sort((one, two) => one.dataset[key] - two.dataset[key] || one.dataset.rank - two.dataset.rank);
    box.append(...cards);
    const within = key === "doubt" ? "doubt" : "at";
    for (const list of box.querySelectorAll(".rows")) {
      const rows = [...list.children];
      list.append(...rows.sort((one, two) => one.dataset[within] - two.dataset[within] || one.dataset.at - two.dataset.at));
    }
  };
  const sift = () => {
    const only = byId("only").checked;
    for (const one of box.querySelectorAll(".card, .row")) one.hidden = only && !("doubtful" in one.dataset);
    byId("calm").hidden = !only || box.querySelector("[data-doubtful]") !== null;
  };
  byId("order").addEventListener("change", order);
  byId("only").addEventListener("change", sift);
  byId("next").addEventListener("click", () => {
    const doubtful = [...box.querySelectorAll(".row[data-doubtful]")].filter((one) => one.offsetParent);
    if (!doubtful.length) { K.say(K.t("none_doubtful")); byId("calm").hidden = false; return; }
    const at = doubtful.findIndex((row) => row.contains(chosen));
    const row = doubtful[(at + 1) % doubtful.length];
    const button = row.querySelector("button.value");
    row.scrollIntoView({ block: "center" });
    if (button) { choose(button); button.focus({ preventScroll: true }); } else { chosen = row.firstElementChild; }
  });
  return Object.freeze({ choose });
})();

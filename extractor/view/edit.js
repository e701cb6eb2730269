"use strict";
/* Corrections: fields are confirmed or corrected, and saved as a gold record whose "scored" names these fields. */
(() => {
  const shapes = new Map(K.data.shapes.map((shape) => [shape.name, shape]));
  const found = K.data.plain;
  const byId = (id) => document.getElementById(id);
  if (!byId("export")) return;
  const key = `kehoach:${K.data.id}`;
  const fresh = () => ({ plain: structuredClone(found), settled: {} });
  let state = fresh();

  const cards = [...document.querySelectorAll(".card")];
  const remember = () => { try { localStorage.setItem(key, JSON.stringify(state)); } catch { /* no storage: nothing is kept */ } };
  const forget = () => { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } };
  const same = (one, two) => JSON.stringify(one) === JSON.stringify(two);

  /* A value in lines to read. */
  const words = (shape, value) => {
    if (value === null || value === undefined || (Array.isArray(value) && !value.length)) return K.t("nothing");
    if (shape.many) return value.map((one) => `– ${words({ ...shape, many: false }, one)}`).join("\n");
    if (shape.pairs) return value.filter((one) => one !== null).join("  ");
    if (!shape.keys) return String(value);
    const said = shape.keys.filter((one) => value[one.key] !== null && value[one.key]?.length !== 0);
    return said.length
      ? said.map(({ key: name }) => `${K.named("key", name)}: ${[].concat(value[name]).join("; ")}`).join("\n")
      : K.t("nothing");
  };

  const control = (kind, value, label) => {
    if (kind === "level") {
      const names = ["", "central", "province", "district", "commune", "school", "party", "union", "other"];
      const select = K.make("select", {}, names.map((name) =>
        K.make("option", { value: name, selected: name === (value ?? "") }, name ? K.t(`level_${name}`) : "")));
      return K.make("label", {}, label, select);
    }
    const said = kind === "lines" ? (value ?? []).join("\n") : value ?? "";
    const area = K.make("textarea", { rows: kind === "lines" ? Math.min(8, (value ?? []).length + 1) : 1, lang: "vi", spellcheck: "false" });
    area.value = said;
    return K.make("label", { class: label === null ? "alone" : null },
      label === null ? K.make("span", { class: "aloud" }, K.t("corrected_value")) : label, area);
  };
  const read = (label, kind) => {
    const text = label.querySelector("textarea, select").value;
    if (kind === "lines") return text.split("\n").map((line) => line.trim()).filter(Boolean);
    return text.split(/\s+/u).filter(Boolean).join(" ") || null;
  };

  /* The inputs of one item; the returned function reads it back, null where all of it is empty. */
  const item = (shape, value) => {
    if (!shape.keys) {
      const one = control("text", value, null);
      return [[one], () => read(one, "text")];
    }
    const record = shape.pairs ? { path: value?.[0], title: value?.[1] } : value ?? {};
    const label = (name) => K.t(shape.pairs && name === "title" ? "key_heading" : `key_${name}`);
    const made = shape.keys.map(({ key: name, kind }) => [name, kind, control(kind, record[name], label(name))]);
    return [made.map((one) => one[2]), () => {
      const back = Object.fromEntries(made.map(([name, kind, label]) => [name, read(label, kind)]));
      const empty = Object.values(back).every((one) => one === null || one.length === 0);
      if (empty && shape.many) return null;
      return shape.pairs ? [back.path ?? "", back.title] : back;
    }];
  };

  const edit = (card) => {
    const shape = shapes.get(card.dataset.name);
    const editor = card.querySelector(".editor");
    const button = card.querySelector(".edit");
    const shut = () => {
      editor.replaceChildren();
      editor.hidden = true;
      button.setAttribute("aria-expanded", "false");
      button.focus();
    };
    if (!editor.hidden) { shut(); return; }
    const value = state.plain[shape.name];
    const readers = [];
    const list = K.make("div");
    const add = (one) => {
      const [inputs, reader] = item(shape, one);
      readers.push(reader);
      if (!shape.many) { list.append(...inputs); return inputs[0]; }
      const number = readers.length;
      const set = K.make("fieldset", {}, K.make("legend", {}, K.t("item_n", { n: number })), inputs,
        K.make("button", { type: "button", class: "quiet small", onclick: () => {
          readers[number - 1] = () => null;
          set.remove();
        } }, K.t("remove", { n: number })));
      list.append(set);
      return set;
    };
    if (shape.many) (value ?? []).forEach(add); else add(value);
    editor.replaceChildren(list, K.make("div", { class: "buttons" },
      shape.many && K.make("button", { type: "button", onclick: () => add(null).querySelector("textarea")?.focus() }, K.t("add")),
      K.make("button", { type: "button", class: "main keep", onclick: () => {
        const back = readers.map((reader) => reader());
        state.plain[shape.name] = shape.many ? back.filter((one) => one !== null) : back[0];
        state.settled[shape.name] = true;
        shut();
        show();
        remember();
      } }, K.t("save")),
      K.make("button", { type: "button", onclick: shut }, K.t("cancel"))));
    editor.hidden = false;
    button.setAttribute("aria-expanded", "true");
    editor.querySelector("textarea, select, button")?.focus();
  };

  const settled = () => [...shapes.keys()].filter((name) => state.settled[name]);
  const show = () => {
    for (const card of cards) {
      const name = card.dataset.name;
      const changed = !same(state.plain[name], found[name]);
      const done = Boolean(state.settled[name]);
      const said = card.querySelector(".state");
      said.hidden = !done;
      said.textContent = changed ? K.t("edited") : K.t("confirmed");
      card.classList.toggle("edited", changed);
      const confirm = card.querySelector(".confirm");
      confirm.textContent = changed ? `↶ ${K.t("undo")}` : `✓ ${K.t("confirm")}`;
      confirm.setAttribute("aria-label", K.t(changed ? "undo_field" : "confirm_field", { field: K.named("field", name) }));
      confirm.setAttribute("aria-pressed", String(done && !changed));
      const corrected = card.querySelector(".corrected");
      corrected.hidden = !changed;
      corrected.replaceChildren(K.make("b", {}, `${K.t("corrected_value")}: `), words(shapes.get(name), state.plain[name]));
    }
    const n = settled().length;
    byId("export-about").textContent = n ? K.t("export_about", { n }) : K.t("export_none");
    byId("export").disabled = n === 0;
  };

  for (const card of cards) {
    const name = card.dataset.name;
    card.querySelector(".edit").addEventListener("click", () => edit(card));
    card.querySelector(".confirm").addEventListener("click", () => {
      if (state.settled[name]) {
        delete state.settled[name];
        state.plain[name] = structuredClone(found[name]);
      } else state.settled[name] = true;
      show();
      remember();
    });
  }
  byId("confirm-all").addEventListener("click", () => {
    for (const name of shapes.keys()) state.settled[name] = true;
    show();
    remember();
  });
  byId("export").addEventListener("click", () => {
    const stem = (K.data.name.replace(/\.[^.\s]{1,5}$/, "") || "ban-ghi").replace(/[\\/:*?"<>|\u0000-\u001f]/g, "_");
    K.save(`${stem}.json`, `${JSON.stringify({ ...state.plain, scored: settled() }, null, 1)}\n`, "application/json");
  });
  byId("draft").querySelector("button").addEventListener("click", () => {
    state = fresh();
    forget();
    byId("draft").hidden = true;
    show();
  });

  /* A draft holds for the fields that its reader settled; the others are as this page has them. */
  try {
    const kept = JSON.parse(localStorage.getItem(key));
    for (const name of shapes.keys()) {
      if (!kept?.settled?.[name] || kept.plain?.[name] === undefined) continue;
      state.settled[name] = true;
      state.plain[name] = kept.plain[name];
      byId("draft").hidden = false;
    }
    show();
  } catch {
    state = fresh();
    byId("draft").hidden = true;
    show();
  }
})();

"use strict";
/* R.table: a table that sorts, turns pages, opens rows and saves itself as CSV; R.chart: a part with head and note. */
(() => {
  const { make, t } = K;

  R.chart = (title, body, ...note) =>
    make("div", { class: "chart", role: "group", "aria-label": title }, make("header", {}, make("h3", {}, title)), body, ...note);

  R.csvButton = (name, rows) =>
    make("button", { type: "button", class: "push", "aria-label": t("r_csv_label", { name }), "data-csv": name,
      onclick: () => { K.save(`${name}.csv`, K.csv(rows()), "text/csv"); } }, t("r_csv"));

  /* columns: {label, value(row), cell?(row), num?}; expand?(row) → element or promise of one; sort: [column, down]. */
  R.table = ({ name, columns, rows, expand = null, sort = null, size = 15 }) => {
    let sorted = rows.slice(), first = 0, [by, down] = sort ?? [-1, false];
    const heads = columns.map((column, at) =>
      make("th", { scope: "col", class: column.num ? "num" : column.wide ? "wide" : null },
        make("button", { type: "button", onclick: () => { down = by === at ? !down : !!column.num; by = at; first = 0; draw(true); } }, column.label)));
    const body = make("tbody");
    const shown = make("span", { role: "status" });
    const turn = (word, by) => make("button", { type: "button", onclick: () => { first += by * size; draw(false); } }, t(word));
    const back = turn("r_previous", -1), on = turn("r_next", 1);
    const order = () => {
      if (by < 0) return;
      const value = columns[by].value, sign = down ? -1 : 1;
      sorted = rows.map((row) => [value(row), row]).sort(([a], [b]) => {
        const none = (x) => x === null || x === undefined || x === "";
        if (none(a) || none(b)) return none(a) - none(b);
        return sign * (typeof a === "number" && typeof b === "number" ? a - b : R.collator.compare(a, b));
      }).map(([, row]) => row);
    };
    const draw = (again) => {
      if (again) order();
      heads.forEach((head, at) => {
        if (at === by) head.setAttribute("aria-sort", down ? "descending" : "ascending"); else head.removeAttribute("aria-sort");
      });
      const last = Math.min(sorted.length, first + size);
      body.replaceChildren(...sorted.slice(first, last).map((row) => line(row)));
      if (!sorted.length) body.append(make("tr", {}, make("td", { colspan: columns.length, class: "soft" }, t("r_none"))));
      shown.textContent = t("r_page", { first: K.count(sorted.length ? first + 1 : 0), last: K.count(last), total: K.count(sorted.length) });
      back.disabled = first === 0;
      on.disabled = last >= sorted.length;
      back.hidden = on.hidden = sorted.length <= size;
    };
    const line = (row) => make("tr", {}, columns.map((column, at) => {
      const inside = (column.cell ?? column.value)(row);
      const words = inside === null || inside === undefined ? "" : typeof inside === "number" ? K.count(inside) : inside;
      return make("td", { class: [column.num ? "num" : "", words === "0" ? "zero" : "", column.wide ? "wide" : ""].join(" ").trim() || null }, at === 0 && expand ? opener(row, words) : words);
    }));
    const opener = (row, words) => {
      const button = make("button", { type: "button", class: "opener", "aria-expanded": "false", onclick: async () => {
        const open = button.getAttribute("aria-expanded") === "true";
        button.setAttribute("aria-expanded", String(!open));
        const own = button.closest("tr");
        if (open) { own.nextElementSibling?.remove(); return; }
        const cell = make("td", { colspan: columns.length }, t("r_wait"));
        own.after(make("tr", { class: "inner" }, cell));
        cell.replaceChildren(await expand(row));
      } }, words);
      return button;
    };
    const csv = () => [columns.map((column) => column.label), ...sorted.map((row) => columns.map((column) => column.value(row)))];
    draw(true);
    return make("div", { "data-table": name, "data-rows": rows.length },
      make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": name },
        make("table", {}, make("caption", { class: "aloud" }, name), make("thead", {}, make("tr", {}, heads)), body)),
      make("div", { class: "bar-tools" }, shown, back, on, R.csvButton(name, csv)));
  };

  /* A wording with its marks as elements; runs: [[kind, text], …]. */
  R.marked = (runs) => make("span", { class: "wording" }, runs.map(([kind, text]) =>
    kind === "s" ? text : kind === "x" ? make("del", { class: "x", title: t("r_mark_x") }, text.trimEnd()) :
      make(kind === "m" ? "span" : "ins", { class: kind, title: t(`r_mark_${kind}`) }, text)));

  /* A table of buttons; arrows walk in it, one stop for Tab. cells: rows of {text, label, heat, parts, onclick} or null. */
  R.heat = (name, columns, lines) => {
    const buttons = lines.map((line) => line.cells.map((cell) => {
      const button = make("button", { type: "button", class: cell.none ? "cell none" : "cell", "aria-label": cell.label, title: cell.label,
        "data-key": cell.key, "data-n": cell.n, tabindex: "-1", onclick: cell.onclick ?? (() => K.say(cell.label)) }, cell.text);
      if (cell.heat) button.style.setProperty("--heat", `${cell.heat}%`);
      if (cell.parts) button.append(R.mix(cell.parts));
      if (cell.under) button.append(make("small", {}, cell.under));
      return button;
    }));
    if (buttons.length && buttons[0].length) buttons[0][0].tabIndex = 0;
    const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -99], End: [0, 99] };
    const walk = (event) => {
      const step = steps[event.key];
      const row = buttons.findIndex((line) => line.includes(event.target));
      if (!step || row < 0) return;
      event.preventDefault();
      const column = buttons[row].indexOf(event.target);
      const clamp = (at, most) => Math.max(0, Math.min(most, at));
      const next = buttons[clamp(row + step[0], buttons.length - 1)][clamp(column + step[1], columns.length - 1)];
      event.target.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    };
    return make("div", { class: "scroll", role: "group", "aria-label": name, tabindex: "0", onkeydown: walk },
      make("table", { class: "heat" }, make("caption", { class: "aloud" }, name),
        make("thead", {}, make("tr", {}, make("td", {}), columns.map((column) => make("th", { scope: "col" }, column)))),
        make("tbody", {}, lines.map((line, at) => make("tr", {}, make("th", { scope: "row" }, line.head), buttons[at].map((button) => make("td", {}, button)))))));
  };

  /* The first of many, and a button for the next. */
  R.some = (list, items, draw, size = 25) => {
    let shown = 0;
    const more = make("button", { type: "button", onclick: () => on() }, t("r_more"));
    const on = () => {
      list.append(...items.slice(shown, shown + size).map(draw));
      shown += size;
      more.hidden = shown >= items.length;
    };
    on();
    return make("div", {}, list, more);
  };

  R.mix = (parts, kind = "mix", prefix = "label") => make("span", { class: kind, "aria-hidden": "true" }, parts.filter(([, n]) => n).map(([key, n]) => {
    const part = make("i", { class: `${prefix}-${key}` });
    part.style.setProperty("--part", n);
    return part;
  }));

  R.heatOf = (n, most) => (n ? Math.round(8 + 30 * Math.sqrt(n / Math.max(1, most))) : 0);

  R.button = (words, onclick, attributes = {}) => make("button", { type: "button", class: "plain", onclick, ...attributes }, words);

  R.choice = (legend, options, chosen, onchange) => make("fieldset", { class: "choice" }, make("legend", {}, legend),
    options.map(([key, words]) => make("button", { type: "button", "aria-pressed": String(key === chosen), "data-choice": key, onclick: () => onchange(key) }, words)));
})();

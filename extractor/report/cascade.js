"use strict";
/* The cascade: from level to level, pair by pair with passages, what is missing, and lines of plans as trees. */
(() => {
  const { make, t } = K;
  const LEVELS = ["central", "province", "district", "commune", "school", "party", "union", "other", null];

  const about = (row) => {
    const { links } = R.core;
    return [links.number[row], R.day(links.date[row]), links.issuer[row]].filter(Boolean).join(", ");
  };
  const entry = (row) => ({ doc: R.core.links.child[row], words: about(row), proof: R.core.links.proof[row],
    extra: R.core.links.parent[row] < 0 ? null : make("p", { class: "small" }, `${t("r_parent")}: `, R.button(R.nameOf(R.core.links.parent[row]), () => R.show(t("r_parent"), [{ doc: R.core.links.parent[row] }]))) });
  const list = (title, rows) => () => R.show(title, rows.map(entry));
  const here = (rows) => rows.filter((row) => R.core.links.parent[row] >= 0);
  const ratios = (rows) => rows.map((row) => R.core.links.ratio[row]).filter((r) => r !== null);
  const days = (rows) => rows.map((row) => R.core.links.days[row]).filter((d) => d !== null);
  const noteOf = (rows) => R.note(R.unique(rows.map((row) => R.core.links.child[row])), rows.map((row) => R.core.links.proof[row]),
    t("r_note_missing", { n: K.count(rows.length - here(rows).length) }));

  const levels = (rows) => {
    const { links } = R.core;
    const above = (row) => (links.parent[row] < 0 ? "gone" : R.docs.level[links.parent[row]] ?? null);
    const by = R.group(rows, (row) => `${above(row)}|${R.docs.level[links.child[row]] ?? null}`);
    const from = [...LEVELS, "gone"].filter((level) => rows.some((row) => above(row) === level));
    const to = LEVELS.filter((level) => rows.some((row) => (R.docs.level[links.child[row]] ?? null) === level));
    const name = (level) => (level === "gone" ? t("r_not_here") : R.level(level));
    const most = Math.max(1, ...[...by.values()].map((one) => one.length));
    const lines = from.map((a) => ({ head: name(a), cells: to.map((b) => {
      const found = by.get(`${a}|${b}`) ?? [];
      const more = [days(found).length ? t("r_days_about", { n: R.median(days(found)) }) : "", ratios(found).length ? `${t("r_ratio")} ${K.percent(R.median(ratios(found)))}` : ""].filter(Boolean);
      const label = [`${name(a)} → ${name(b)}: ${found.length}`, ...more].join(", ");
      return { text: found.length || "·", none: !found.length, n: found.length, key: `level|${a}|${b}`, label, under: more.length ? [days(found).length ? t("r_days_about", { n: R.median(days(found)) }) : "", ratios(found).length ? K.percent(R.median(ratios(found))) : ""].filter(Boolean).join(" · ") : null,
        heat: R.heatOf(found.length, most), onclick: found.length ? list(label, found) : null };
    }) }));
    const empty = from.length * to.length - by.size;
    return R.chart(t("r_levels"), [make("p", { class: "small soft" }, t("r_level_from")), make("div", { class: "levels" }, R.heat(t("r_levels"), to.map(name), lines))],
      noteOf(rows), make("p", { class: "foot-note" }, t("r_note_cells", { n: empty, total: from.length * to.length })));
  };

  const ratio = (share) => {
    if (share === null) return "–";
    const bar = make("i");
    bar.style.setProperty("--part", `${share * 100}%`);
    return [make("span", { class: "ratio", "aria-hidden": "true" }, bar), K.percent(share)];
  };

  const pairs = (rows) => {
    const { links } = R.core;
    const columns = [
      { label: t("r_child"), value: (row) => R.nameOf(links.child[row]) },
      { label: t("r_issuer"), value: (row) => R.docs.issuer[links.child[row]] },
      { label: t("r_parent"), value: (row) => about(row), cell: (row) => R.button(about(row), list(about(row), [row])) },
      { label: t("r_days"), num: true, value: (row) => links.days[row] },
      { label: t("r_ratio"), num: true, value: (row) => links.ratio[row], cell: (row) => ratio(links.ratio[row]) },
    ];
    return R.chart(t("r_links"), R.table({ name: t("r_links"), columns, rows: here(rows), sort: [4, true], expand: passages }), noteOf(here(rows)));
  };

  const passages = async (row) => {
    const { links } = R.core;
    const found = (await R.parcel(links.child[row])).passages[row];
    if (!found) return make("p", {}, t("r_passages_no_text"));
    if (!found.length) return make("p", {}, t("r_passages_none"));
    return make("div", {}, make("h4", {}, t("r_passages")), make("div", { class: "pair" }, make("div", { class: "small soft" }, `${t("r_parent")}: ${R.nameOf(links.parent[row])}`), make("div", { class: "small soft" }, `${t("r_child")}: ${R.nameOf(links.child[row])}`)),
      found.map(([child, parent]) => make("div", { class: "pair" }, ...differing(parent, child))), R.under(links.child[row], links.proof[row]));
  };

  /* Two passages as words; those that only one has are marked (longest common sequence). */
  const differing = (a, b) => {
    const one = a.split(/(\s+)/), two = b.split(/(\s+)/);
    const flat = (word) => word.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
    const length = Array.from({ length: one.length + 1 }, () => new Uint16Array(two.length + 1));
    for (let i = one.length - 1; i >= 0; i--) {
      for (let j = two.length - 1; j >= 0; j--) length[i][j] = flat(one[i]) === flat(two[j]) ? length[i + 1][j + 1] + 1 : Math.max(length[i + 1][j], length[i][j + 1]);
    }
    const sides = [make("div"), make("div")];
    const put = (side, word, same) => sides[side].append(same || !word.trim() ? word : make("span", { class: "differs" }, word));
    let i = 0, j = 0;
    while (i < one.length || j < two.length) {
      if (i < one.length && j < two.length && flat(one[i]) === flat(two[j])) { put(0, one[i++], true); put(1, two[j++], true); }
      else if (j >= two.length || (i < one.length && length[i + 1][j] >= length[i][j + 1])) put(0, one[i++], false);
      else put(1, two[j++], false);
    }
    return sides;
  };

  const missing = (rows) => {
    const { links } = R.core;
    const gone = rows.filter((row) => links.parent[row] < 0);
    const found = [...R.group(gone, (row) => `${links.number[row]}|${links.date[row]}|${links.issuer[row]}`).values()].map((rows) => ({ row: rows[0], rows }));
    const columns = [
      { label: t("r_number"), value: (one) => links.number[one.row] },
      { label: t("r_date"), value: (one) => links.date[one.row], cell: (one) => R.day(links.date[one.row]) },
      { label: t("r_issuer"), value: (one) => links.issuer[one.row] },
      { label: t("r_children"), num: true, value: (one) => one.rows.length, cell: (one) => R.button(K.count(one.rows.length), list(about(one.row), one.rows), { "data-key": `gone|${about(one.row)}`, "data-n": one.rows.length }) },
    ];
    return R.chart(t("r_missing"), R.table({ name: t("r_missing"), columns, rows: found, sort: [3, true] }), R.note(R.unique(gone.map((row) => links.child[row])), gone.map((row) => links.proof[row])));
  };

  /* Lines of plans: a plan, those that carry it out, and so on; who stands above oneself is not shown again. */
  const trees = (rows) => {
    const { links } = R.core;
    const below = R.group(here(rows), (row) => links.parent[row]);
    const children = new Set(here(rows).map((row) => links.child[row]));
    const roots = [...below.keys()].filter((doc) => !children.has(doc));
    const branch = (doc, row, above) => {
      const own = above.includes(doc) ? [] : below.get(doc) ?? [];
      const words = [R.button(R.nameOf(doc), () => R.show(t("r_document"), [{ doc }])), make("span", { class: "small soft" },
        ` ${[R.docs.issuer[doc], R.day(R.docs.date[doc]), row !== null && links.days[row] !== null ? t("r_days_about", { n: links.days[row] }) : "", row !== null && links.ratio[row] !== null ? `${t("r_ratio")} ${K.percent(links.ratio[row])}` : ""].filter(Boolean).join(" · ")}`)];
      return make("li", {}, words, own.length ? make("ul", {}, own.slice(0, 30).map((next) => branch(links.child[next], next, [...above, doc]))) : null);
    };
    const size = (doc, above = []) => (above.includes(doc) ? 0 : (below.get(doc) ?? []).reduce((sum, row) => sum + 1 + size(links.child[row], [...above, doc]), 0));
    const sorted = roots.map((doc) => [doc, size(doc)]).sort(([, a], [, b]) => b - a);
    const columns = [
      { label: t("r_document"), value: ([doc]) => R.nameOf(doc) },
      { label: t("r_issuer"), value: ([doc]) => R.docs.issuer[doc] },
      { label: t("r_children"), num: true, value: ([, n]) => n },
    ];
    return R.chart(t("r_tree"), R.table({ name: t("r_tree"), columns, rows: sorted, sort: [2, true], size: 8, expand: ([doc]) => make("ul", { class: "tree" }, branch(doc, null, [])) }), noteOf(here(rows)));
  };

  R.drawers.push(["cascade", (part) => {
    const rows = [...R.core.links.child.keys()].filter((row) => R.chosen[R.core.links.child[row]]);
    part.replaceChildren(levels(rows), trees(rows), pairs(rows), missing(rows));
  }]);
})();

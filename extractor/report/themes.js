"use strict";
/* Themes: agreement with the national theme, province × year, tile map, groups with their wordings. */
(() => {
  const { make, t } = K;
  let mode = "issued";
  const LABELS = [0, 1, 2, 3, -1];
  const labelled = (rows) => LABELS.map((label) => [label, rows.filter((row) => R.core.themes.label[row] === label).length]);
  const mixed = (rows) => labelled(rows).filter(([, n]) => n).map(([label, n]) => `${t(`r_label_${label}`)} ${n}`).join(", ");
  const placeOf = (doc) => (mode === "issued" ? R.docs.province : R.docs.today)[doc];

  const entry = (row) => {
    const { themes } = R.core, word = themes.word[row], base = themes.base[row];
    const national = base < 0 ? null : themes.national[base];
    return {
      doc: themes.doc[row], words: themes.words[word], proof: themes.proof[row],
      marked: themes.marks[base < 0 ? `${word}:${themes.group[row]}` : `${word}/${base}`],
      extra: make("p", { class: "small" }, make("span", { class: "tag" }, t(`r_label_${themes.label[row]}`)),
        national ? ` ${t("r_national")} ${national[1]}: “${national[2]}”` : ""),
    };
  };
  const list = (title, rows) => () => R.show(title, rows.map(entry));
  const plain = (title, docs) => () => R.show(title, docs.map((doc) => ({ doc })));
  const proofs = (rows) => rows.map((row) => R.core.themes.proof[row]);
  const docsOf = (rows) => rows.map((row) => R.core.themes.doc[row]);

  const places_inferred = (rows) => {
    const known = docsOf(rows).filter((doc) => R.docs.province[doc] >= 0);
    return t("r_note_places", { share: K.percent(known.filter((doc) => R.docs.inferred_place[doc]).length / Math.max(1, known.length)) });
  };

  const agreement = (rows, docs) => {
    const counts = labelled(rows);
    const stating = new Set(docsOf(rows));
    return R.chart(t("r_agree"), [
      R.mix(counts, "share"),
      make("ul", { class: "legend" }, counts.map(([label, n]) => make("li", {},
        make("button", { type: "button", "data-key": `label|${label}`, "data-n": n,
          onclick: list(t(`r_label_${label}`), rows.filter((row) => R.core.themes.label[row] === label)) },
        make("i", { class: `label-${label}` }), `${t(`r_label_${label}`)} ${K.count(n)}`)))),
    ], R.note(docsOf(rows), proofs(rows), t("r_note_silent", { n: K.count(docs.filter((doc) => !stating.has(doc)).length) })));
  };

  const heat = (rows, docs) => {
    const place = (doc) => placeOf(doc);
    const known = docs.filter((doc) => R.docs.year[doc] !== null && place(doc) >= 0);
    const years = R.unique(known.map((doc) => R.docs.year[doc])).sort((a, b) => a - b);
    const places = R.unique(known.map(place)).sort((a, b) => R.collator.compare(R.place(a), R.place(b)));
    const key = (doc) => `${place(doc)}|${R.docs.year[doc]}`;
    const all = R.group(known, key);
    const stated = R.group(rows.filter((row) => { const doc = R.core.themes.doc[row]; return R.docs.year[doc] !== null && place(doc) >= 0; }), (row) => key(R.core.themes.doc[row]));
    const most = Math.max(1, ...[...stated.values()].map((one) => one.length));
    const lines = places.map((number) => ({ head: R.place(number), cells: years.map((year) => cell(number, year)) }));
    function cell(number, year) {
      const here = stated.get(`${number}|${year}`) ?? [], docs = all.get(`${number}|${year}`) ?? [];
      const values = { place: R.place(number), year, n: here.length || docs.length, mix: mixed(here) };
      const label = t(here.length ? "r_heat_cell" : docs.length ? "r_heat_silent" : "r_heat_none", values);
      return { text: here.length || (docs.length ? "–" : "·"), label, none: !here.length, heat: R.heatOf(here.length, most), parts: here.length ? labelled(here) : null,
        key: `heat|${mode}|${R.place(number)}|${year}`, n: here.length,
        onclick: here.length ? list(label, here) : docs.length ? plain(label, docs) : null };
    }
    const empty = lines.reduce((sum, line) => sum + line.cells.filter((one) => !one.onclick).length, 0);
    const lost = (test) => docs.filter(test).length;
    const csv = () => [[t("r_place"), ...years], ...lines.map((line) => [line.head, ...line.cells.map((one) => one.n)])];
    return R.chart(t("r_heat"), [
      R.heat(t("r_heat"), years, lines),
      make("div", { class: "bar-tools" }, R.csvButton(t("r_heat"), csv)),
    ], R.note(docsOf(rows), proofs(rows), t("r_note_cells", { n: K.count(empty), total: K.count(places.length * years.length) }),
      places_inferred(rows), t("r_note_no_place", { n: K.count(lost((doc) => place(doc) < 0)) }), t("r_note_no_year", { n: K.count(lost((doc) => R.docs.year[doc] === null)) })));
  };

  const tiles = (rows, docs) => {
    const wanted = mode === "issued" ? "63" : "34";
    const by = R.group(rows, (row) => R.place(placeOf(R.core.themes.doc[row])));
    const most = Math.max(1, ...[...by].filter(([name]) => name !== t("r_unknown")).map(([, one]) => one.length));
    const drawn = R.core.tiles.filter(([map]) => map === wanted).map(([, province, code, column, row]) => {
      const here = by.get(province) ?? [];
      const label = t("r_tile", { place: province, n: here.length });
      const tile = make("button", { type: "button", class: here.length ? "tile" : "tile none", "aria-label": label, title: label, "data-key": `tile|${wanted}|${province}`,
        "data-n": here.length, onclick: list(label, here) }, code, make("b", {}, here.length || "·"));
      tile.style.gridColumn = column + 1;
      tile.style.gridRow = row;
      if (here.length) tile.style.setProperty("--heat", `${R.heatOf(here.length, most)}%`);
      return tile;
    });
    const nowhere = docs.filter((doc) => placeOf(doc) < 0).length;
    const empty = drawn.filter((tile) => tile.dataset.n === "0").length;
    return R.chart(t("r_tiles"), make("div", { class: "tiles" }, drawn),
      R.note(docsOf(rows), proofs(rows), t("r_note_cells", { n: empty, total: drawn.length }), places_inferred(rows), t("r_note_no_place", { n: K.count(nowhere) })));
  };

  const groups = (rows) => {
    const { themes } = R.core;
    const found = [...R.group(rows, (row) => themes.group[row])].map(([group, rows]) => ({ group, rows, docs: docsOf(rows) }));
    const columns = [
      { label: t("r_group"), wide: true, value: (one) => themes.groups[one.group][0] },
      { label: t("r_national_of"), value: (one) => national(one.group) },
      { label: t("r_docs"), num: true, value: (one) => R.unique(one.docs).length,
        cell: (one) => R.button(K.count(R.unique(one.docs).length), list(themes.groups[one.group][0], one.rows), { "data-key": `group|${themes.groups[one.group][0]}`, "data-n": R.unique(one.docs).length }) },
      { label: t("r_wordings"), num: true, value: (one) => R.unique(one.rows.map((row) => themes.word[row])).length },
      { label: t("r_provinces"), num: true, value: (one) => R.unique(one.docs.map((doc) => R.docs.province[doc]).filter((p) => p >= 0)).length },
      ...LABELS.map((label) => ({ label: t(`r_label_${label}`), num: true, value: (one) => one.rows.filter((row) => themes.label[row] === label).length })),
    ];
    const national = (group) => {
      const base = themes.groups[group][1];
      return base < 0 ? "" : `${themes.national[base][0]} ${themes.national[base][1]}`;
    };
    return R.chart(t("r_groups"), [legend(), R.table({ name: t("r_groups"), columns, rows: found, sort: [2, true], expand: variants })],
      R.note(docsOf(rows), proofs(rows)));
  };

  const variants = ({ group, rows }) => {
    const { themes } = R.core;
    const words = [...R.group(rows, (row) => themes.word[row])].sort(([, a], [, b]) => b.length - a.length);
    return R.some(make("ul", { class: "variants" }), words, ([word, same]) => make("li", {},
      R.button(t("r_same_word", { n: K.count(same.length) }), list(themes.words[word], same)), R.marked(themes.marks[`${word}:${group}`])));
  };

  const legend = R.legend = () => make("p", { class: "small soft wording" }, `${t("r_legend")}: `, ["m", "x", "a"].flatMap((kind) =>
    [make(kind === "m" ? "span" : kind === "x" ? "del" : "ins", { class: kind }, t(`r_mark_${kind}`)), " "]));

  R.drawers.push(["themes", (part) => {
    const rows = R.rows(R.core.themes), docs = R.docs_chosen;
    const again = (key) => { mode = key; R.draw("themes"); document.querySelector(`#themes [data-choice="${key}"]`).focus(); };
    part.replaceChildren(agreement(rows, docs),
      R.choice(t("r_mode"), [["issued", t("r_mode_issued")], ["today", t("r_mode_today")]], mode, again),
      make("p", { class: "small soft" }, mode === "issued" ? t("r_mode_hint") : ""),
      make("div", { class: "beside" }, heat(rows, docs), tiles(rows, docs)), groups(rows));
  }]);
})();

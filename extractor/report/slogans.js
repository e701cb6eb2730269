"use strict";
/* Slogans: how they spread, their variants, and which a campaign adds and drops from year to year. */
(() => {
  const { make, t } = K;
  const entry = (row) => {
    const { slogans } = R.core;
    return { doc: slogans.doc[row], words: slogans.words[slogans.word[row]], proof: slogans.proof[row], marked: slogans.marks[slogans.word[row]] };
  };
  const list = (title, rows) => () => R.show(title, rows.map(entry));
  const docsOf = (rows) => R.unique(rows.map((row) => R.core.slogans.doc[row]));
  const yearsOf = (rows) => R.group(docsOf(rows).filter((doc) => R.docs.year[doc] !== null), (doc) => R.docs.year[doc]);

  const spark = (years, first, last) => {
    const most = Math.max(1, ...[...years.values()].map((docs) => docs.length));
    const bars = [];
    for (let year = first; year <= last; year++) {
      const bar = make("i");
      bar.style.setProperty("--part", `${(100 * (years.get(year)?.length ?? 0)) / most}%`);
      bars.push(bar);
    }
    return make("span", { class: "spark", "aria-hidden": "true" }, bars);
  };
  const span = (years) => { const all = [...years.keys()].sort(); return all.length ? (all.length > 1 ? `${all[0]}–${all.at(-1)}` : String(all[0])) : ""; };

  const spread = (rows) => {
    const { slogans } = R.core;
    const known = R.unique(rows.map((row) => R.docs.year[slogans.doc[row]])).filter((year) => year !== null);
    const first = Math.min(...known), last = Math.max(...known);
    const found = [...R.group(rows, (row) => slogans.group[row])].map(([group, rows]) => ({ name: slogans.groups[group], rows, docs: docsOf(rows), years: yearsOf(rows) }));
    const columns = [
      { label: t("r_slogan"), wide: true, value: (one) => one.name },
      { label: t("r_docs"), num: true, value: (one) => one.docs.length,
        cell: (one) => R.button(K.count(one.docs.length), list(one.name, one.rows), { "data-key": `slogan|${one.name}`, "data-n": one.docs.length }) },
      { label: t("r_variants"), num: true, value: (one) => R.unique(one.rows.map((row) => slogans.word[row])).length },
      { label: t("r_provinces"), num: true, value: (one) => R.unique(one.docs.map((doc) => R.docs.province[doc]).filter((p) => p >= 0)).length },
      { label: t("r_years_short"), value: (one) => span(one.years), cell: (one) => [spark(one.years, first, last), " ", span(one.years)] },
    ];
    return R.chart(t("r_slogans"), [R.legend(), R.table({ name: t("r_slogans"), columns, rows: found, sort: [1, true], expand: variants })], noteOf(rows));
  };

  const noteOf = (rows) => {
    const docs = docsOf(rows);
    return R.note(docs, rows.map((row) => R.core.slogans.proof[row]), t("r_note_missing", { n: K.count(R.docs_chosen.length - docs.length) }));
  };

  const variants = ({ rows }) => {
    const { slogans } = R.core;
    const words = [...R.group(rows, (row) => slogans.word[row])].sort(([, a], [, b]) => b.length - a.length);
    return R.some(make("ul", { class: "variants" }), words, ([word, same]) => make("li", {},
      R.button(t("r_same_word", { n: K.count(same.length) }), list(slogans.words[word], same)), R.marked(slogans.marks[word])));
  };

  /* Campaign by campaign: a year against the year before it that has slogans. */
  const flow = (rows) => {
    const { slogans } = R.core;
    const known = rows.filter((row) => R.docs.campaign[slogans.doc[row]] >= 0 && R.docs.year[slogans.doc[row]] !== null);
    const found = [];
    for (const [campaign, own] of R.group(known, (row) => R.docs.campaign[slogans.doc[row]])) {
      const years = [...R.group(own, (row) => R.docs.year[slogans.doc[row]])].sort(([a], [b]) => a - b);
      for (let at = 1; at < years.length; at++) {
        const [before, old] = years[at - 1], [year, now] = years[at];
        const had = new Set(old.map((row) => slogans.group[row])), has = new Set(now.map((row) => slogans.group[row]));
        found.push({ campaign: R.core.campaigns[campaign], year, before,
          added: now.filter((row) => !had.has(slogans.group[row])), dropped: old.filter((row) => !has.has(slogans.group[row])),
          kept: now.filter((row) => had.has(slogans.group[row])) });
      }
    }
    const number = (rows) => R.unique(rows.map((row) => slogans.group[row])).length;
    const part = (name) => ({ label: t(`r_${name}`), num: true, value: (one) => number(one[name]),
      cell: (one) => (one[name].length ? R.button(K.count(number(one[name])), list(`${t(`r_${name}`)}: ${one.campaign} ${one.year}`, one[name]), { "data-key": `flow|${one.campaign}|${one.year}|${name}`, "data-n": number(one[name]) }) : "0") });
    const columns = [
      { label: t("r_campaign"), value: (one) => one.campaign }, { label: t("r_filter_year"), num: true, value: (one) => one.year, cell: (one) => String(one.year) },
      { label: t("r_before"), num: true, value: (one) => one.before, cell: (one) => String(one.before) }, part("added"), part("dropped"), part("kept"),
    ];
    return R.chart(t("r_flow"), R.table({ name: t("r_flow"), columns, rows: found, sort: [1, true] }), noteOf(known));
  };

  R.drawers.push(["slogans", (part) => {
    const rows = R.rows(R.core.slogans);
    part.replaceChildren(spread(rows), flow(rows));
  }]);
})();

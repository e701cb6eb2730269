"use strict";
/* Duties: units with their tasks and deadlines, the calendar of reports, recurring reports. */
(() => {
  const { make, t } = K;
  let kind = "";
  const KINDS = ["people", "office", "force", "union", "party", "school", "health", "media", "court", "firm", "person", "other"];

  const dueEntry = (row) => {
    const { dues } = R.core;
    return { doc: dues.doc[row], words: dues.text[row], proof: dues.proof[row],
      extra: make("p", { class: "small soft" }, [dues.reporter[row], dues.recipient[row] && `→ ${dues.recipient[row]}`, R.day(dues.date[row]) || dues.recurrence[row]].filter(Boolean).join(" ")) };
  };
  const dueList = (title, rows) => () => R.show(title, rows.map(dueEntry));
  const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);

  const units = (rows) => {
    const { duties } = R.core;
    const found = [...R.group(rows, (row) => duties.unit[row])].map(([unit, rows]) => ({ name: duties.units[unit], kind: duties.kinds[unit], rows, docs: R.unique(rows.map((row) => duties.doc[row])) }));
    const entry = (row) => ({ doc: duties.doc[row], words: duties.units[duties.unit[row]], proof: duties.proof[row],
      extra: duties.within[row] < 0 ? null : make("p", { class: "small soft" }, duties.withins[duties.within[row]]) });
    const columns = [
      { label: t("r_unit"), value: (one) => one.name },
      { label: t("r_kind"), value: (one) => t(`r_kind_${one.kind}`) },
      { label: t("r_docs"), num: true, value: (one) => one.docs.length, cell: (one) => R.button(K.count(one.docs.length), () => R.show(one.name, one.rows.map(entry)), { "data-key": `unit|${one.name}`, "data-n": one.docs.length }) },
      { label: t("r_tasks"), num: true, value: (one) => sum(one.rows.map((row) => duties.tasks[row])) },
      { label: t("r_dated"), num: true, value: (one) => sum(one.rows.map((row) => duties.dated[row])) },
    ];
    const docs = R.unique(rows.map((row) => duties.doc[row]));
    return R.chart(t("r_units"), R.table({ name: t("r_units"), columns, rows: found, sort: [2, true], expand: tasks }),
      R.note(docs, rows.map((row) => duties.proof[row]), t("r_note_missing", { n: K.count(R.docs_chosen.length - docs.length) })));
  };

  /* The tasks of a unit: words, deadline, and the document they stand in; the first of many. */
  const tasks = async ({ rows }) => {
    const { duties, dues } = R.core;
    const first = R.group([...dues.doc.keys()], (row) => dues.doc[row]);
    const found = [];
    for (const row of rows.slice(0, 150)) {
      const doc = duties.doc[row], own = (await R.parcel(doc)).tasks[doc % R.core.parcel][duties.order[row]];
      for (const due of duties.due[row]) {
        const at = first.get(doc)[due];
        found.push({ doc, words: dues.text[at], page: dues.proof[at]?.[0] ?? 0, confidence: dues.proof[at]?.[1] ?? 0, inferred: dues.proof[at]?.[2] ?? 0, due: dues.date[at] ?? dues.recurrence[at] ?? "" });
      }
      for (const [words, page, confidence, due] of own) {
        const dueRow = due === null ? null : first.get(doc)[due];
        found.push({ doc, words, page, confidence, inferred: duties.proof[row]?.[2] ?? 0, due: dueRow === null ? "" : dues.date[dueRow] ?? dues.recurrence[dueRow] ?? "" });
      }
    }
    const columns = [
      { label: t("r_tasks"), value: (one) => one.words, cell: (one) => R.button(one.words, () => R.show(R.titleOf(one.doc), [{ doc: one.doc, words: one.words, proof: [one.page, one.confidence, one.inferred, ""] }])) },
      { label: t("r_dated"), value: (one) => one.due, cell: (one) => R.day(one.due) },
      { label: t("r_document"), value: (one) => R.nameOf(one.doc) },
      { label: t("confidence"), num: true, value: (one) => one.confidence / 100, cell: (one) => R.trust(one.confidence, one.inferred) },
    ];
    return R.table({ name: t("r_tasks"), columns, rows: found, size: 12 });
  };

  const calendar = (rows) => {
    const { dues } = R.core;
    const dated = rows.filter((row) => /^\d{4}-\d\d/.test(dues.date[row] ?? ""));
    const by = R.group(dated, (row) => dues.date[row].slice(0, 7));
    const years = R.unique(dated.map((row) => dues.date[row].slice(0, 4))).sort();
    const months = Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, "0"));
    const most = Math.max(1, ...[...by.values()].map((one) => one.length));
    const lines = years.map((year) => ({ head: year, cells: months.map((month) => {
      const here = (by.get(`${year}-${month}`) ?? []).sort((a, b) => (dues.date[a] < dues.date[b] ? -1 : 1));
      const label = t("r_calendar_cell", { year, month: Number(month), n: here.length });
      return { text: here.length || "·", none: !here.length, n: here.length, key: `due|${year}-${month}`, label, heat: R.heatOf(here.length, most), onclick: here.length ? dueList(label, here) : null };
    }) }));
    const csv = () => [[t("r_date"), t("r_unit"), t("r_reports"), t("r_document")], ...dated.map((row) => [dues.date[row], dues.reporter[row], dues.text[row], R.docs.path[dues.doc[row]]])];
    const docs = R.unique(rows.map((row) => dues.doc[row]));
    return R.chart(t("r_calendar"), [R.heat(t("r_calendar"), months.map((month) => t("r_month", { n: Number(month) })), lines), make("div", { class: "bar-tools" }, R.csvButton(t("r_calendar"), csv))],
      R.note(docs, rows.map((row) => dues.proof[row]), t("r_note_missing", { n: K.count(rows.length - dated.length) }), t("r_note_cells", { n: years.length * 12 - by.size, total: years.length * 12 })));
  };

  const recurring = (rows) => {
    const { dues } = R.core;
    const found = rows.filter((row) => dues.recurrence[row]);
    const by = [...R.group(found, (row) => dues.recurrence[row].toLowerCase())].map(([words, rows]) => ({ words, rows }));
    const columns = [
      { label: t("r_recurrence"), value: (one) => one.words },
      { label: t("r_reports"), num: true, value: (one) => one.rows.length, cell: (one) => R.button(K.count(one.rows.length), dueList(one.words, one.rows), { "data-key": `recurring|${one.words}`, "data-n": one.rows.length }) },
    ];
    return R.chart(t("r_recurring"), R.table({ name: t("r_recurring"), columns, rows: by, sort: [1, true] }), R.note(R.unique(found.map((row) => dues.doc[row])), found.map((row) => dues.proof[row])));
  };

  R.drawers.push(["duties", (part) => {
    const { duties, dues } = R.core;
    const rows = R.rows(duties).filter((row) => !kind || duties.kinds[duties.unit[row]] === kind);
    const due = R.rows(dues).filter((row) => !kind || dues.kind[row] === kind);
    const again = (key) => { kind = key; R.draw("duties"); document.querySelector(`#duties [data-choice="${key}"]`).focus(); };
    const there = KINDS.filter((one) => duties.kinds.includes(one));
    part.replaceChildren(R.choice(t("r_kind"), [["", t("r_all")], ...there.map((one) => [one, t(`r_kind_${one}`)])], kind, again),
      units(rows), calendar(due), recurring(due));
  }]);
})();

"use strict";
/* What is there and how sure, the list of documents, the filters, and when what is drawn. */
(() => {
  const { make, t } = K;

  const trust = (docs) => {
    const { status } = R.docs;
    const rows = Object.keys(status).map((name) => ({ name, counts: R.core.statuses.map((_, at) => docs.filter((doc) => status[name][doc] === String(at)).length) }));
    const of = (name, at) => docs.filter((doc) => status[name][doc] === String(at));
    const columns = [
      { label: t("r_field"), value: (one) => K.named("field", one.name) },
      { label: t("r_share"), value: (one) => one.counts[0] / Math.max(1, docs.length), cell: (one) => R.mix(one.counts.map((n, at) => [at, n]), "share", "status") },
      ...R.core.statuses.map((name, at) => ({ label: t(`status_${name}`), num: true, value: (one) => one.counts[at],
        cell: (one) => (one.counts[at] ? R.button(K.count(one.counts[at]), () => R.show(`${K.named("field", one.name)}: ${t(`status_${name}`)}`, of(one.name, at).map((doc) => ({ doc }))), { "data-key": `status|${one.name}|${name}`, "data-n": one.counts[at] }) : "0") })),
    ];
    const sum = (column) => docs.reduce((all, doc) => all + R.docs[column][doc], 0);
    const values = Math.max(1, sum("values"));
    return R.chart(t("r_trust"), R.table({ name: t("r_trust"), columns, rows, size: 40 }),
      make("p", { class: "foot-note" }, [t("r_note_n", { n: K.count(docs.length) }), t("r_note_scan", { share: K.percent(sum("scan") / Math.max(1, docs.length)) }),
        t("r_note_inferred", { share: K.percent(sum("inferred") / values) }), t("r_note_low", { share: K.percent(sum("low") / values) })].join(" · ")));
  };

  const documents = (docs) => {
    const columns = [
      { label: t("r_document"), value: (doc) => R.titleOf(doc), cell: (doc) => R.button(R.titleOf(doc), () => R.show(t("r_document"), [{ doc }])) },
      { label: t("r_number"), value: (doc) => R.docs.number[doc] },
      { label: t("r_issuer"), value: (doc) => R.docs.issuer[doc] },
      { label: t("r_place"), value: (doc) => (R.docs.province[doc] < 0 ? "" : R.place(R.docs.province[doc])) },
      { label: t("r_date"), value: (doc) => R.docs.date[doc], cell: (doc) => R.day(R.docs.date[doc]) },
      { label: t("r_filter_year"), num: true, value: (doc) => R.docs.year[doc], cell: (doc) => String(R.docs.year[doc] ?? "") },
      { label: t("r_origin"), value: (doc) => t(R.docs.scan[doc] ? "r_origin_scan" : "r_origin_text") },
      { label: t("r_low"), num: true, value: (doc) => R.docs.low[doc] },
    ];
    return R.chart(t("r_documents"), R.table({ name: t("r_documents"), columns, rows: docs, size: 25, sort: [4, true] }),
      R.note(docs, docs.map((doc) => R.docs.proof[doc][0])));
  };

  R.drawers.push(["trust", (part) => part.replaceChildren(trust(R.docs_chosen))], ["documents", (part) => part.replaceChildren(documents(R.docs_chosen))]);

  /* A part is drawn when it comes near the window, and again when the filters change. */
  const fresh = new Set(), near = new Set();
  R.draw = (name) => {
    const part = document.querySelector(`#${name} .drawn`);
    R.drawers.find(([own]) => own === name)[1](part);
    part.setAttribute("aria-busy", "false");
    fresh.add(name);
  };
  const drawNear = () => { for (const name of near) if (!fresh.has(name)) R.draw(name); };
  R.drawAll = () => { for (const [name] of R.drawers) if (!fresh.has(name)) R.draw(name); };

  const form = document.getElementById("filters");
  const options = (name, values) => form.elements[name].append(...values.map(([key, words]) => make("option", { value: key }, words)));
  const fill = () => {
    const { year, province, level, campaign } = R.docs;
    const some = (items) => R.unique(items).filter((item) => item !== null && item !== -1);
    const unknown = (items) => (items.some((item) => item === null || item === -1) ? [["?", t("r_unknown")]] : []);
    const named = (items, name) => some(items).map((item) => [item, name(item)]).sort(([, a], [, b]) => R.collator.compare(a, b));
    options("year", [...some(year).sort((a, b) => b - a).map((one) => [one, one]), ...unknown(year)]);
    options("province", [...named(province, R.place), ...unknown(province)]);
    options("level", [...named(level, R.level), ...unknown(level)]);
    options("campaign", [...named(campaign, (one) => R.core.campaigns[one]), ...unknown(campaign)]);
    options("origin", [["text", t("r_origin_text")], ["scan", t("r_origin_scan")]]);
  };
  const change = () => {
    R.choose(Object.fromEntries(new FormData(form)));
    R.docs_chosen = R.docs_list();
    fresh.clear();
    const said = t("r_chosen", { n: K.count(R.docs_chosen.length), total: K.count(R.size) });
    document.getElementById("chosen").textContent = said;
    document.getElementById("printed").textContent = t("r_print_filter", { what: [said, ...[...form.elements].filter((one) => one.value && one.name).map((one) => one.selectedOptions[0].textContent)].join(" · ") });
    drawNear();
    document.documentElement.dataset.ready = "yes";
  };

  const begin = async () => {
    try {
      await R.open();
    } catch (error) {
      for (const wait of document.querySelectorAll(".wait")) wait.textContent = t("r_failed");
      throw error;
    }
    fill();
    const watch = new IntersectionObserver((seen) => {
      for (const { target, isIntersecting } of seen) if (isIntersecting) near.add(target.id); else near.delete(target.id);
      drawNear();
    }, { rootMargin: "600px" });
    change();
    for (const part of document.querySelectorAll(".part")) watch.observe(part);
    form.addEventListener("change", change);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(change));
    addEventListener("beforeprint", R.drawAll);
  };
  requestAnimationFrame(() => setTimeout(begin));
})();

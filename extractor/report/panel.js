"use strict";
/* R.show: the documents behind a number, each with its proof and the way to its file. */
(() => {
  const { make, t } = K;
  const panel = document.getElementById("panel");
  const SIZE = 40;
  const GRADES = [[90, "sure"], [75, "fair"], [50, "doubt"], [0, "weak"]];

  R.trust = (confidence, inferred) => {
    const grade = GRADES.find(([least]) => confidence >= least)[1];
    return make("span", { class: `trust ${grade}` }, `${t(`grade_${grade}`)} ${K.percent(confidence / 100)}${inferred ? `, ${t("status_inferred")}` : ""}`);
  };

  R.titleOf = (doc) => R.docs.title[doc] ?? t("r_no_title");
  R.nameOf = (doc) => [R.docs.number[doc], R.titleOf(doc)].filter(Boolean).join(" – ");

  /* Under an evidence: how sure, where, and the ways to the document. */
  R.under = (doc, proof) => make("p", { class: "under" },
    proof ? R.trust(proof[1], proof[2]) : null,
    proof?.[0] ? make("span", { class: "soft" }, t("r_at_page", { n: proof[0] })) : null,
    R.docs.file[doc] ? make("a", { href: R.docs.file[doc] }, t("r_open")) : null,
    R.docs.view[doc] ? make("a", { href: R.docs.view[doc] }, t("r_view")) : null,
    make("code", { class: "soft" }, R.docs.path[doc]));

  const item = ({ doc, words, proof, marked, extra }) => make("article", { class: "item", "data-doc": R.docs.path[doc] },
    make("h3", {}, R.titleOf(doc)),
    make("p", { class: "soft small" }, [R.docs.number[doc], R.docs.issuer[doc], R.day(R.docs.date[doc]), R.place(R.docs.province[doc])].filter(Boolean).join(" · ")),
    words || marked ? make("blockquote", { cite: R.docs.file[doc] }, marked ? R.marked(marked) : words) : null,
    proof?.[3] && proof[3] !== words ? make("p", { class: "small soft" }, `“${proof[3]}”`) : null,
    extra ?? null,
    R.under(doc, proof ?? R.docs.proof[doc][0]));

  /* items: [{doc, words?, proof?, marked?, extra?}]; the panel takes the focus and gives it back. */
  R.show = (title, items) => {
    const n = K.count(items.length);
    document.getElementById("panel-h").textContent = title.split(/[ ,:]/).includes(n) ? title : `${title} (${n})`;
    const body = document.getElementById("panel-body");
    body.replaceChildren();
    let shown = 0;
    const more = make("button", { type: "button", onclick: () => draw() }, t("r_more"));
    const draw = () => {
      more.before(...items.slice(shown, shown + SIZE).map(item));
      shown += SIZE;
      more.hidden = shown >= items.length;
    };
    body.append(more);
    draw();
    if (!items.length) body.prepend(make("p", { class: "soft" }, t("r_empty")));
    if (!panel.open) panel.showModal();
    panel.scrollTop = 0;
    document.getElementById("panel-h").focus();
  };

  document.getElementById("panel-close").addEventListener("click", () => panel.close());
  panel.addEventListener("click", (event) => { if (event.target === panel) panel.close(); });
})();

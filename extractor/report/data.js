"use strict";
/* The data of the report: R.open() unpacks it, R.choose() filters, R.note() says how far a chart can be trusted. */
const R = (() => {
  const unpack = async (packed) => {
    const text = atob(packed);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  };

  const parcels = new Map();
  /* The details of one document: { tasks, passages } of its parcel, opened once. */
  const parcel = (doc) => {
    const number = Math.floor(doc / R.core.parcel);
    if (!parcels.has(number)) parcels.set(number, unpack(K.data.parcels[number]));
    return parcels.get(number);
  };

  const open = async () => {
    const core = await unpack(K.data.core);
    R.core = core;
    R.docs = core.docs;
    R.size = core.docs.path.length;
    R.chosen = new Uint8Array(R.size).fill(1);
    number(core.duties, "order");
    number(core.dues, "order");
  };

  /* Rows of one document follow each other; their order in it is their number in the parcel. */
  const number = (table, name) => {
    let last = -1, at = 0;
    table[name] = table.doc.map((doc) => { at = doc === last ? at + 1 : 0; last = doc; return at; });
  };

  const FILTERS = {
    year: (doc) => R.docs.year[doc] ?? "",
    province: (doc) => R.docs.province[doc],
    level: (doc) => R.docs.level[doc] ?? "",
    campaign: (doc) => R.docs.campaign[doc],
    origin: (doc) => (R.docs.scan[doc] ? "scan" : "text"),
  };

  /* wanted: {year: "2024", …}; an empty word lets all through, "?" wants what is not known. */
  const choose = (wanted) => {
    const tests = Object.entries(wanted).filter(([, want]) => want !== "");
    for (let doc = 0; doc < R.size; doc++) {
      R.chosen[doc] = tests.every(([name, want]) => {
        const has = FILTERS[name](doc);
        return want === "?" ? has === "" || has === -1 : String(has) === want;
      }) ? 1 : 0;
    }
  };

  const docs = () => [...R.chosen.keys()].filter((doc) => R.chosen[doc]);
  /* Rows of a table of columns whose document is chosen. */
  const rows = (table) => [...table.doc.keys()].filter((row) => R.chosen[table.doc[row]]);
  const group = (items, key) => {
    const found = new Map();
    for (const item of items) {
      const k = key(item);
      if (found.has(k)) found.get(k).push(item); else found.set(k, [item]);
    }
    return found;
  };
  const unique = (items) => [...new Set(items)];
  const collator = new Intl.Collator("vi", { numeric: true });
  const median = (numbers) => {
    const sorted = [...numbers].sort((a, b) => a - b);
    const half = sorted.length >> 1;
    return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  };
  const day = (iso) => {
    if (!iso) return "";
    return K.lang === "vi" ? iso.split("-").reverse().join("/") : iso;
  };
  const place = (number) => (number < 0 ? K.t("r_unknown") : R.core.provinces[number]);
  const level = (key) => (key ? K.t(`level_${key}`) : K.t("r_unknown"));

  /* The line under a chart: how many, what is missing, scans, inferred, low. proofs: [page, confidence, inferred, quote]. */
  const note = (members, proofs, ...more) => {
    const n = members.length, all = Math.max(1, n), values = Math.max(1, proofs.length);
    const share = (count, of) => K.percent(count / of);
    const low = R.core.low * 100;
    const parts = [
      K.t("r_note_n", { n: K.count(n) }), ...more,
      K.t("r_note_scan", { share: share(members.filter((doc) => R.docs.scan[doc]).length, all) }),
      K.t("r_note_inferred", { share: share(proofs.filter((p) => p?.[2]).length, values) }),
      K.t("r_note_low", { share: share(proofs.filter((p) => p && p[1] < low).length, values) }),
    ];
    return K.make("p", { class: "foot-note", "data-note": n }, parts.join(" · "));
  };

  return { open, parcel, choose, docs_list: docs, rows, group, unique, collator, median, day, place, level, note, drawers: [] };
})();

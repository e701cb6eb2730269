"use strict";
/* What the scripts of every page share: K.data, K.t (words), K.make (elements), K.save (files), K.say (read aloud).
   Text of documents reaches the page as text nodes and attributes alone, never as markup. */
const K = (() => {
  const sealed = JSON.parse(document.getElementById("sealed").textContent);
  const t = (key, values = {}) =>
    (sealed.words[key] ?? key).replace(/\{(\w+)\}/g, (all, name) => String(values[name] ?? all));

  /* What a thing is called, such as a field; one that no table has goes by its own name. */
  const named = (kind, name) => sealed.words[`${kind}_${name}`] ?? name;

  /* make("button", {type: "button", onclick: f}, "words", child): an element; null and false leave a thing out. */
  const make = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on") && typeof value === "function") node.addEventListener(name.slice(2), value);
      else if (name === "class") node.className = value;
      else node.setAttribute(name, value === true ? "" : String(value));
    }
    node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
    return node;
  };

  const save = (name, text, type) => {
    const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  };

  /* Rows as CSV with a byte order mark; a cell that a spreadsheet would take for a formula gets an apostrophe. */
  const csv = (rows) => {
    const cell = (value) => {
      const text = value === null || value === undefined ? "" : String(value);
      const safe = typeof value === "string" && /^\s*[=+\-@\t\r|]/.test(text) ? `'${text}` : text;
      return /[",\n\r;']/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
    };
    return "\ufeff" + rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
  };

  const say = (text) => { document.getElementById("said").textContent = text; };

  const percent = (share) => {
    const whole = share < 1 ? Math.min(99, Math.round(share * 100)) : 100;
    return sealed.lang === "vi" ? `${whole}\u202f%` : `${whole}%`;
  };
  const count = (number) => number.toLocaleString(sealed.lang === "vi" ? "vi-VN" : "en-GB");

  const root = document.documentElement;
  const darkly = matchMedia("(prefers-color-scheme: dark)");
  document.getElementById("theme").addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : darkly.matches;
    root.dataset.theme = dark ? "light" : "dark";
  });

  return Object.freeze({ data: sealed.data, lang: sealed.lang, t, named, make, save, csv, say, percent, count });
})();

"use strict";
const rows = JSON.parse(document.getElementById("rows").textContent)
  .map(([path, kind, name, about, words]) => ({ path, kind, name, about, all: `${name} ${about} ${words}`.toLowerCase() }));
const box = document.getElementById("q"), list = document.getElementById("hits"), count = document.getElementById("count");
const order = { Gene: 0, Drug: 1, Disease: 2, Claim: 3 };
const most = 60;
function worth(row, text, words) {
  const name = row.name.toLowerCase(), named = words.some(word => name.includes(word));
  return (name === text ? 0 : name.startsWith(text) ? 10 : named ? 20 : 30) + order[row.kind];
}
function show() {
  const text = box.value.trim().toLowerCase(), words = text.split(/\s+/).filter(Boolean);
  const hits = words.length ? rows.filter(row => words.every(word => row.all.includes(word))) : [];
  hits.sort((a, b) => worth(a, text, words) - worth(b, text, words) || a.name.localeCompare(b.name));
  list.replaceChildren(...hits.slice(0, most).map(row => {
    const item = document.createElement("li"), link = document.createElement("a"), kind = document.createElement("span"), about = document.createElement("span");
    kind.className = "kind"; kind.textContent = row.kind;
    link.href = row.path; link.textContent = row.name;
    about.className = "soft"; about.textContent = row.about;
    item.append(kind, link, " ", about);
    return item;
  }));
  const some = hits.length > most ? `the first ${most} of ${hits.length}` : `${hits.length}`;
  count.textContent = words.length ? (hits.length ? `${some} found` : "Nothing holds all of these words.") : "";
}
box.addEventListener("input", show);
box.value = new URLSearchParams(location.search).get("q") || box.value;
show();

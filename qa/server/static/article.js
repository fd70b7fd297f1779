// The panel: an article in its file, boilerplate greyed, the quote lit up and scrolled into view.

import { get } from "./api.js";
import { $, dated, el, flat, say, webAddress } from "./dom.js";
import { state } from "./state.js";

let opener = null;

// `lit`: the citation to light up; `others`: citations of the same answer.
export async function openArticle(id, lit = null, others = [], from = document.activeElement) {
  const page = await get(`/v1/article/${encodeURIComponent(id)}`, { folder: state.folder, session: state.session });
  const about = page.article;
  opener?.setAttribute?.("aria-pressed", "false");
  opener = from;
  if (lit) opener?.setAttribute?.("aria-pressed", "true");
  $("#panel-title").textContent = about.title ? flat(about.title) : "Untitled";
  $("#panel-about").replaceChildren(...describe(about));
  const marks = [...(lit ? [{ ...lit, lit: true }] : []), ...others, ...page.citations]
    .filter((c) => c.article_id === about.article_id);
  $("#panel-text").replaceChildren(...page.segments.flatMap((segment) => pieces(segment, marks)));
  $("#panel").hidden = false;
  const mark = $("mark.lit");
  if (mark) {
    mark.scrollIntoView({ block: "center" });
    mark.focus({ preventScroll: true });
    say(`Quote ${lit.n} shown in its article`);
  } else {
    $("#panel-text").scrollTop = 0;
    $("#panel-title").focus();
  }
}

export function closeArticle() {
  if ($("#panel").hidden) return;
  $("#panel").hidden = true;
  $("#panel-text").replaceChildren();
  opener?.setAttribute?.("aria-pressed", "false");
  opener?.focus?.();
}

function describe(about) {
  const also = about.also_in.map((a) => el("button", { type: "button", class: "link", onclick: () => openArticle(a.article_id) },
    a.outlet ? `${a.outlet} (${a.article_id})` : a.article_id));
  const line = [about.outlet || "outlet not stated", dated(about), about.author, about.article_id].filter(Boolean).join(" · ");
  return [
    el("div", {}, line),
    webAddress(about.url) ? el("div", {}, el("a", { href: about.url, rel: "noreferrer noopener", target: "_blank" }, about.url)) : null,
    also.length ? el("div", {}, "Also in: ", also.flatMap((b, i) => (i ? [", ", b] : [b]))) : null,
    about.truncated ? el("div", { class: "warning" }, "The article breaks off.") : null,
    about.note ? el("div", { class: "quiet" }, about.note) : null,
  ].filter(Boolean);
}

// Offsets count code points, JavaScript's strings do not: the text is cut as an array of characters.
function pieces(segment, marks) {
  const characters = Array.from(segment.text);
  const inside = marks
    .map((m) => ({ ...m, from: Math.max(m.start, segment.start) - segment.start, to: Math.min(m.end, segment.end) - segment.start }))
    .filter((m) => m.from < m.to);
  const cuts = [...new Set([0, characters.length, ...inside.flatMap((m) => [m.from, m.to])])].sort((a, b) => a - b);
  return cuts.slice(1).map((to, i) => {
    const text = characters.slice(cuts[i], to).join("");
    const over = inside.filter((m) => m.from <= cuts[i] && to <= m.to);
    if (!over.length) return el("span", { class: segment.kind }, text);
    const lit = over.some((m) => m.lit);
    return el("mark", { class: lit ? "lit" : "other", tabindex: lit ? "-1" : null }, text);
  });
}

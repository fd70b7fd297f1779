// The panel: an article in its file, boilerplate greyed, the quote lit up and scrolled into view.

import { get } from "./api.js";
import { $, dated, el, flat, say, webAddress } from "./dom.js";
import { personAddress } from "./lists.js";
import { state } from "./state.js";

const COLOURS = 8;
let opener = null;
let page = null; // the article that is shown, with the quote that is lit, other citations, and who says what

// `lit`: the citation to light up; `others`: citations of the same answer.
export async function openArticle(id, lit = null, others = [], from = document.activeElement) {
  const found = await get(`/v1/article/${encodeURIComponent(id)}`, { folder: state.folder, session: state.session });
  const about = found.article;
  opener?.setAttribute?.("aria-pressed", "false");
  opener = from;
  if (lit) opener?.setAttribute?.("aria-pressed", "true");
  $("#panel-title").textContent = about.title ? flat(about.title) : "Untitled";
  $("#panel-about").replaceChildren(...describe(about));
  const marks = [...(lit ? [{ ...lit, lit: true }] : []), ...others, ...found.citations]
    .filter((c) => c.article_id === about.article_id);
  page = { about, marks, segments: found.segments, said: null };
  await draw();
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

// The text, and over it the statements by their speakers where that is wanted.
async function draw() {
  if (state.speakers && !page.said) {
    const { statements } = await get("/v1/statements", { folder: state.folder, file: page.about.file });
    // a name is written where the speaker changes, the colour goes on
    page.said = statements.filter((s) => s.article_id === page.about.article_id)
      .map((s, i, all) => ({ ...s, named: s.speaker !== all[i - 1]?.speaker }));
  }
  const said = state.speakers ? page.said : [];
  const names = [...new Set(said.map((s) => s.speaker))];
  $("#panel-said").setAttribute("aria-pressed", String(state.speakers));
  $("#panel-speakers").replaceChildren(...(state.speakers && !names.length ? ["Nobody is found to speak here."] : names.map((name, i) =>
    el("li", {}, el("a", { href: personAddress(name), class: `said s${i % COLOURS}`, onclick: closeArticle }, flat(name)), ` ${said.filter((s) => s.speaker === name).length}`))));
  $("#panel-text").replaceChildren(...page.segments.flatMap((segment) => pieces(segment, page.marks, said, names)));
}

export function setUpArticle() {
  $("#panel-close").addEventListener("click", closeArticle);
  $("#panel-said").addEventListener("click", async () => {
    state.speakers = !state.speakers;
    const kept = $("#panel-text").scrollTop;
    try {
      await draw();
      $("#panel-text").scrollTop = kept;
      say(state.speakers ? `${page.said.length} statements are marked with their speakers` : "The speakers are no longer marked");
    } catch (error) { say(error.message); }
  });
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
function pieces(segment, marks, said, names) {
  const characters = Array.from(segment.text);
  const within = (spans) => spans
    .map((m) => ({ ...m, from: Math.max(m.start, segment.start) - segment.start, to: Math.min(m.end, segment.end) - segment.start }))
    .filter((m) => m.from < m.to);
  const [cited, spoken] = [within(marks), within(said)];
  const cuts = [...new Set([0, characters.length, ...[...cited, ...spoken].flatMap((m) => [m.from, m.to])])].sort((a, b) => a - b);
  return cuts.slice(1).map((to, i) => {
    const text = characters.slice(cuts[i], to).join("");
    const over = cited.filter((m) => m.from <= cuts[i] && to <= m.to);
    // of statements inside each other the shortest: what somebody says that another said
    const [owner] = spoken.filter((s) => s.from <= cuts[i] && to <= s.to).sort((a, b) => a.to - a.from - (b.to - b.from));
    const voice = owner ? ` said s${names.indexOf(owner.speaker) % COLOURS}` : "";
    const told = owner ? { title: `${owner.speaker} (${owner.voice})`, "data-speaker": owner.named && owner.start - segment.start === cuts[i] ? flat(owner.speaker) : null } : {};
    if (!over.length) return el("span", { class: segment.kind + voice, ...told }, text);
    const lit = over.some((m) => m.lit);
    return el("mark", { class: (lit ? "lit" : "other") + voice, tabindex: lit ? "-1" : null, ...told }, text);
  });
}

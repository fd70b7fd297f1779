// Elements from names, attributes and children. Texts become text nodes; nothing is ever parsed as markup.

export const $ = (selector, root = document) => root.querySelector(selector);

const SVG = new Set(["svg", "rect", "circle", "line", "text", "title"]);

export function el(tag, attributes = {}, ...children) {
  const node = SVG.has(tag) && tag !== "title"
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

export const say = (text) => { $("#status").textContent = text; };

// The view where one asks, with the focus on its field: hidden things take none, so the view comes first.
export function goAsk() {
  const focus = () => $("#question").focus();
  if (!$("#view-ask").hidden) return focus();
  addEventListener("hashchange", focus, { once: true });
  location.hash = "ask";
}

export const webAddress = (url) => url && /^https?:\/\/[^\s<>"'\\]+$/i.test(url);

export const dated = (article) =>
  article.published ? `${article.published} (${article.published_from || "how is not known"})` : "undated";

export const flat = (text) => text.replace(/\s+/g, " ").trim();

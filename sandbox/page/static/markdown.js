// A small markdown renderer that builds elements and never parses HTML. `full` is the bot's dialect (lists,
// tables, code); the app's shows those as they are written.
import { el } from "./dom.js";

const INLINE = /(\*\*[^*\n]+\*\*)|(`[^`\n]+`)|(\[[^\]\n]+\]\([^)\s]+\))|(<font color=["']?\w+["']?>[^<]*<\/font>)|(https?:\/\/[^\s<>"'）)，。；]+)|(<a href=["'][^"']+["']>[^<]*<\/a>)|([🟢🟡🔴⚪✅📥🕒⬜])/gu;
// Drawn by the style sheet: many machines have no font with these in it.
const SIGNS = { "🟢": "green", "🟡": "yellow", "🔴": "red", "⚪": "none", "✅": "done", "📥": "received", "🕒": "later", "⬜": "missing" };
const COLORS = { info: "good", comment: "faint", warning: "warn" };

export function safeUrl(url) {
  return /^(https?:\/\/|\/)/.test(url) ? url : "";
}

function link(url, words, open) {
  const target = safeUrl(url);
  if (!target) return document.createTextNode(words);
  return el("a", { href: target, onclick: (event) => { event.preventDefault(); event.stopPropagation(); open(target); } }, words);
}

function token(found, open) {
  if (found in SIGNS) return el("span", { class: `sign ${SIGNS[found]}` }, found);
  if (found.startsWith("**")) return el("strong", {}, ...inline(found.slice(2, -2), open));
  if (found.startsWith("`")) return el("code", {}, found.slice(1, -1));
  if (found.startsWith("[")) {
    const [, words, url] = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(found);
    return link(url, words, open);
  }
  if (found.startsWith("<font")) {
    const [, color, words] = /color=["']?(\w+)["']?>([^<]*)</.exec(found);
    return el("span", { class: COLORS[color] || "" }, ...inline(words, open));
  }
  if (found.startsWith("<a")) {
    const [, url, words] = /href=["']([^"']+)["']>([^<]*)</.exec(found);
    return link(url, words, open);
  }
  return link(found, found, open);
}

export function inline(text, open) {
  const nodes = [];
  let at = 0;
  for (const found of text.matchAll(INLINE)) {
    if (found.index > at) nodes.push(text.slice(at, found.index));
    nodes.push(token(found[0], open));
    at = found.index + found[0].length;
  }
  if (at < text.length) nodes.push(text.slice(at));
  return nodes;
}

export function plain(text, open) {
  return el("div", { class: "words" }, ...text.split("\n").flatMap((line, n) => (n ? [el("br")] : []).concat(inline(line, open))));
}

function tableRow(line, cell, open) {
  const cells = line.trim().replace(/^\||\|$/g, "").split("|");
  return el("tr", {}, ...cells.map((words) => el(cell, {}, ...inline(words.trim(), open))));
}

function table(lines, open) {
  const body = lines.slice(2).map((line) => tableRow(line, "td", open));
  return el("div", { class: "scroll" }, el("table", {}, tableRow(lines[0], "th", open), ...body));
}

// Each block: how its first line looks, how the next ones go on, and what is built of them.
const QUOTE = { first: /^>/, next: /^>/, build: (lines, open, full) => el("blockquote", {}, ...blocks(lines.map((l) => l.replace(/^> ?/, "")), open, full)) };
const BULLETS = { first: /^\s*[-*] /, next: /^\s*[-*] /, build: (lines, open) => el("ul", {}, ...lines.map((l) => el("li", {}, ...inline(l.replace(/^\s*[-*] /, ""), open)))) };
const NUMBERS = {
  first: /^\s*\d+[.、] ?/, next: /^\s*\d+[.、] ?/,
  build: (lines, open) => el("ol", { start: parseInt(lines[0], 10) }, ...lines.map((l) => el("li", {}, ...inline(l.replace(/^\s*\d+[.、] ?/, ""), open)))),
};
const TABLE = { first: /^\s*\|.*\|\s*$/, next: /^\s*\|.*\|\s*$/, build: table };

function heading(line, open) {
  const [, marks, words] = /^(#{1,6}) +(.*)$/.exec(line);
  return el(`h${Math.min(6, marks.length + 2)}`, {}, ...inline(words, open));
}

function fence(lines, at) {
  let end = at + 1;
  while (end < lines.length && !lines[end].startsWith("```")) end += 1;
  return [el("pre", {}, el("code", {}, lines.slice(at + 1, end).join("\n"))), end + 1];
}

function blocks(lines, open, full) {
  const known = full ? [QUOTE, BULLETS, NUMBERS, TABLE] : [QUOTE];
  const built = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at];
    const block = known.find((one) => one.first.test(line));
    if (full && line.startsWith("```")) {
      const [node, next] = fence(lines, at);
      built.push(node);
      at = next;
    } else if (block) {
      let end = at;
      while (end < lines.length && block.next.test(lines[end])) end += 1;
      built.push(block.build(lines.slice(at, end), open, full));
      at = end;
    } else {
      if (/^#{1,6} +/.test(line)) built.push(heading(line, open));
      else if (full && /^-{3,}\s*$/.test(line)) built.push(el("hr"));
      else built.push(line.trim() ? el("p", {}, ...inline(line, open)) : el("div", { class: "gap" }));
      at += 1;
    }
  }
  return built;
}

export function markdown(text, open, full) {
  const thought = /<think>([\s\S]*?)(<\/think>|$)/.exec(text);
  const rest = thought ? text.replace(thought[0], "") : text;
  const nodes = blocks(rest.trim().split("\n"), open, full);
  if (thought) nodes.unshift(el("details", { class: "thought" }, el("summary", {}, "思考过程"), thought[1].trim()));
  return el("div", { class: "markdown" }, ...nodes);
}

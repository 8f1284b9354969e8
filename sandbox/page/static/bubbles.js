// One message as a row in a chat: avatar, name, bubble.
import { clockOf, dayOf, el } from "./dom.js";
import { card } from "./cards.js";
import { markdown, plain, safeUrl } from "./markdown.js";

const COLORS = { enterprise: "#e8833a", officer: "#2f7cf6", representative: "#1a9c8c", supervisor: "#8a5cd0", admin: "#5b6b7f", outsider: "#9aa4b0" };

export function avatar(world, sender, name) {
  if (sender === "bot") return el("span", { class: "avatar bot", "aria-hidden": "true" }, "助");
  if (sender === "app") return el("span", { class: "avatar app", "aria-hidden": "true" }, "办");
  if (sender === "webhook") return el("span", { class: "avatar hook", "aria-hidden": "true" }, "推");
  const person = world.users.find((user) => user.userid === sender);
  return el("span", { class: "avatar", style: `background:${COLORS[person ? person.kind : "outsider"]}`, "aria-hidden": "true" }, name.slice(-2));
}

// `act`: {person, open, tap, ask, pick(message)}
export function row(world, message, act) {
  const mine = message.from === act.person;
  if (message.kind === "system" || message.recalled) {
    return el("div", { class: "row system", "data-from": message.from, "data-kind": message.recalled ? "recalled" : "system", "data-id": message.id }, message.text);
  }
  const bubble = el("div", {
    class: `bubble ${message.kind}${mine ? " mine" : ""}`, "data-from": message.from, "data-kind": message.kind, "data-id": message.id,
    tabindex: "0", onclick: (event) => { if (!event.target.closest("a,button,select,input,label,.link")) act.pick(message, bubble); },
    onkeydown: (event) => { if (event.key === "Enter" && event.target === bubble) act.pick(message, bubble); },
  }, content(message, act));
  return el("div", { class: `row${mine ? " mine" : ""}` }, avatar(world, message.from, message.from_name),
    el("div", { class: "column" },
      act.inGroup && !mine ? el("span", { class: "name" }, message.from_name) : "",
      bubble,
      message.quoted ? el("div", { class: "quoted" }, message.quoted.from_name ? `${message.quoted.from_name}：` : "", message.quoted.text) : ""));
}

export function timeLine(iso, today) {
  return el("div", { class: "row time" }, iso.slice(0, 10) === today ? clockOf(iso) : `${dayOf(iso)} ${clockOf(iso)}`);
}

const BODIES = {
  markdown: (m, act) => markdown(m.text, act.open, m.from === "bot"),
  stream: (m, act) => [m.text ? markdown(m.text, act.open, true) : "", m.finished ? "" : el("span", { class: "typing", "aria-label": "正在输入" }, "●●●"), ...(m.images || []).map(image)],
  card: (m, act) => (m.card ? card(m, act) : el("span", { class: "faint" }, m.text || "")),
  textcard: (m, act) => textCard(m, act),
  news: (m, act) => el("div", { class: "news" }, ...m.articles.map((one) => article(one, act))),
  image: (m) => el("img", { class: "picture", src: `/sandbox/file/${m.file}`, alt: "图片" }),
  file: (m) => file(m),
  video: (m) => file(m),
  voice: (m, act) => (m.file ? file(m) : el("span", {}, "[语音] ", m.text)),
  mixed: (m, act) => m.items.map((item) => ("text" in item ? plain(mention(m) + item.text, act.open) : image(item.file))),
  location: (m) => el("span", {}, "[位置] ", m.label || `${m.latitude}, ${m.longitude}`),
  link: (m, act) => textCard({ title: m.title, text: m.description || "", url: m.url, button: "打开" }, act),
  menu: (m) => el("span", { class: "faint" }, "点了菜单：", m.text),
};

function content(message, act) {
  const body = BODIES[message.kind];
  const nodes = body ? body(message, act) : plain(mention(message) + (message.text || ""), act.open);
  return [nodes, message.feedback ? thumbs(message, act) : ""].flat();
}

function mention(message) {
  return message.mentioned && !message.text.startsWith(`@${message.mentioned}`) ? `@${message.mentioned} ` : "";
}

function thumbs(message, act) {
  const thumb = (type, sign, words) => el("button", { type: "button", "aria-label": words, onclick: () => act.thumb(message.id, type) }, sign);
  return el("div", { class: "thumbs" }, thumb(1, "准确", "回答准确"), thumb(2, "不准确", "回答不准确"));
}

function image(id) {
  const url = `/sandbox/file/${id}`;
  return el("a", { href: url, target: "_blank", rel: "noopener" }, el("img", { class: "picture", src: url, alt: "图片" }));
}

function file(message) {
  const size = message.size > 1048576 ? `${(message.size / 1048576).toFixed(1)} MB` : `${Math.max(1, Math.round(message.size / 1024))} KB`;
  return el("div", { class: "file" },
    el("span", {}, message.name, el("small", {}, size, " · ", el("a", { href: `/sandbox/file/${message.file}`, download: message.name, "data-testid": "file-open" }, "打开"))), el("i", { "aria-hidden": "true" }, (message.name.split(".").pop() || "?").slice(0, 4).toUpperCase()));
}

function textCard(message, act) {
  const url = safeUrl(message.url || "");
  const body = message.text.replace(/<div class=["']?(gray|normal|highlight)["']?>|<\/div>/g, "\n").replace(/<br\s*\/?>/g, "\n").trim();
  return el("div", { class: "textcard-body link", onclick: () => url && act.open(url) }, el("b", {}, message.title), plain(body, act.open), el("span", { class: "go" }, message.button || "详情", " ›"));
}

function article(one, act) {
  const url = safeUrl(one.url || "");
  const cover = one.file ? `/sandbox/file/${one.file}` : safeUrl(one.picurl || "");
  return el("div", { class: "article link", onclick: () => url && act.open(url) }, cover ? el("img", { src: cover, alt: "" }) : "", el("b", {}, one.title), el("small", {}, one.description || ""));
}

// Template cards of the five kinds, as a person sees and taps them.
import { el } from "./dom.js";
import { safeUrl } from "./markdown.js";

const SOURCE_COLORS = ["grey", "dark", "red", "green"];

// `act`: {open(url), tap(key, selected), ask(question)}
export function card(message, act) {
  const data = message.card;
  const busy = { on: false };
  const node = el("div", { class: `template ${message.state}`, "data-state": message.state }, head(message, data, act, busy),
    title(data, act), emphasis(data), quoteArea(data, act), subTitle(data), picture(data, act), fields(data, act), paragraphs(data), jumps(data, act));
  const chosen = questions(message, node);
  node.append(buttons(message, act, chosen, busy));
  return node;
}

function action(part, act) {
  const url = part && part.type === 1 ? safeUrl(part.url || "") : "";
  return url ? () => act.open(url) : null;
}

function head(message, data, act, busy) {
  const source = data.source || {};
  const menu = message.menu || [];
  if (!source.desc && !menu.length) return "";
  return el("div", { class: "card-source" },
    el("span", { class: SOURCE_COLORS[source.desc_color || 0] }, source.desc || ""),
    menu.length ? corner(data, menu, act, busy) : "");
}

function corner(data, menu, act, busy) {
  const list = el("div", { class: "corner-list", hidden: true, role: "menu" }, ...menu.map((entry) =>
    el("button", { type: "button", role: "menuitem", "data-key": entry.key, onclick: () => { list.hidden = true; once(busy, () => act.tap(entry.key, {})); } }, entry.text)));
  const toggle = el("button", { type: "button", class: "corner", "aria-label": data.action_menu.desc || "更多操作", onclick: () => { list.hidden = !list.hidden; } }, "⋯");
  return el("span", { class: "corner-box" }, toggle, list);
}

function title(data, act) {
  const main = data.main_title || {};
  const go = action(data.card_action, act);
  return el("div", { class: `card-title${go ? " link" : ""}`, onclick: go },
    main.title ? el("b", {}, main.title) : "", main.desc ? el("small", {}, main.desc) : "");
}

function subTitle(data) {
  return data.sub_title_text ? el("p", { class: "card-sub" }, ...lines(data.sub_title_text)) : "";
}

function lines(text) {
  return text.split("\n").flatMap((line, n) => (n ? [el("br"), line] : [line]));
}

function emphasis(data) {
  const part = data.emphasis_content || {};
  if (!part.title && !part.desc) return "";
  return el("div", { class: "card-emphasis" }, el("b", {}, part.title || ""), el("small", {}, part.desc || ""));
}

function quoteArea(data, act) {
  const part = data.quote_area || {};
  if (!part.quote_text && !part.title) return "";
  const go = action(part, act);
  return el("blockquote", { class: `card-quote${go ? " link" : ""}`, onclick: go }, part.title ? el("b", {}, part.title) : "", part.quote_text || "");
}

function picture(data, act) {
  const area = data.image_text_area || {};
  const image = data.card_image || {};
  const nodes = [];
  if (safeUrl(image.url || "")) nodes.push(el("img", { class: "card-image", src: image.url, alt: "", style: `aspect-ratio:${image.aspect_ratio || 1.3}` }));
  if (area.title || area.image_url) {
    nodes.push(el("div", { class: "card-area", onclick: action(area, act) },
      el("span", {}, el("b", {}, area.title || ""), el("small", {}, area.desc || "")),
      safeUrl(area.image_url || "") ? el("img", { src: area.image_url, alt: "" }) : ""));
  }
  return nodes;
}

function fields(data, act) {
  const rows = data.horizontal_content_list || [];
  if (!rows.length) return "";
  return el("dl", { class: "card-fields" }, ...rows.flatMap((row) => {
    const url = row.type === 1 ? safeUrl(row.url || "") : row.type === 2 ? `/sandbox/file/${row.media_id}` : "";
    const value = url ? el("a", { href: url, onclick: (event) => { event.preventDefault(); act.open(url); } }, row.value || "查看") : row.value || "";
    return [el("dt", {}, row.keyname), el("dd", { class: row.type === 3 ? "person" : "" }, value)];
  }));
}

function paragraphs(data) {
  return (data.vertical_content_list || []).map((row) => el("div", { class: "card-paragraph" }, el("b", {}, row.title), el("small", {}, row.desc || "")));
}

function jumps(data, act) {
  const rows = (data.jump_list || []).filter((row) => row.type);
  if (!rows.length) return "";
  return el("div", { class: "card-jumps" }, ...rows.map((row) =>
    el("button", { type: "button", class: "jump", onclick: () => (row.type === 3 ? act.ask(row.question || row.title) : act.open(row.url)) }, row.title)));
}

// Adds the questions to the card; what it returns reads the answers.
function questions(message, node) {
  const readers = (message.selects || []).map((question) => {
    const name = `${message.id}-${question.question_key}`;
    const [field, read] = question.kind === "drop" ? dropDown(question) : checks(question, name);
    node.append(el("div", { class: "card-question" }, field));
    return [question.question_key, read];
  });
  return () => Object.fromEntries(readers.map(([key, read]) => [key, read()]));
}

function dropDown(question) {
  const select = el("select", { "data-question": question.question_key, disabled: question.disabled, "aria-label": question.title || "请选择" },
    ...question.options.map((option) => el("option", { value: option.id, selected: question.selected.includes(option.id) }, option.text)));
  if (!question.selected.length) select.prepend(el("option", { value: "", selected: true, disabled: true }, "请选择"));
  return [el("label", {}, el("span", {}, question.title || "请选择"), select), () => (select.value ? [select.value] : [])];
}

function checks(question, name) {
  const boxes = question.options.map((option) => {
    const box = el("input", { type: question.many ? "checkbox" : "radio", name, value: option.id, checked: question.selected.includes(option.id), disabled: question.disabled });
    return [box, el("label", { class: "check" }, box, option.text)];
  });
  return [el("fieldset", { "data-question": question.question_key, "aria-label": "选项" }, ...boxes.map(([, label]) => label)),
    () => boxes.filter(([box]) => box.checked).map(([box]) => box.value)];
}

function buttons(message, act, chosen, busy) {
  const rows = message.buttons || [];
  if (!rows.length) return "";
  if (message.state === "replaced") return el("div", { class: "card-buttons" }, el("span", { class: "done", "data-testid": "card-done" }, message.state_text));
  const longest = Math.max(...rows.map((row) => row.text.length));
  const shape = rows.length === 1 || longest > 6 ? " wide" : rows.length === 3 && longest < 5 ? " three" : "";
  return el("div", { class: `card-buttons${shape}` }, ...rows.map((row) =>
    el("button", {
      type: "button", class: `style-${row.style}`, "data-key": row.key || row.url, disabled: row.disabled,
      onclick: () => (row.url ? act.open(row.url) : once(busy, () => act.tap(row.key, chosen()))),
    }, row.text)));
}

// One tap at a time: a real client waits for the answer as well.
async function once(busy, what) {
  if (busy.on) return;
  busy.on = true;
  try { await what(); } finally { busy.on = false; }
}

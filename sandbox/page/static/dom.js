// Small helpers: elements without innerHTML, JSON calls, toasts.

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

export async function get(path, query = {}) {
  const answer = await fetch(`${path}?${new URLSearchParams(query)}`);
  return answer.json();
}

export async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (!answer) { toast("与模拟平台失去联系，没有发出"); return null; }
  const told = await answer.json();
  if (!answer.ok) toast(told.error || "操作没有成功");
  return answer.ok ? told : null;
}

export function toast(words, kind = "bad") {
  const node = el("div", { class: `toast ${kind}`, "data-testid": "toast" }, words);
  document.getElementById("toasts").append(node);
  setTimeout(() => node.remove(), 6000);
}

export function tellAnswer(told) {
  if (!told) return;
  if (told.illegal) toast(`这条回答不合平台规定，没有显示：${told.illegal}`);
  else if (told.status === null && told.tries) toast("办事系统没有应答（超时或未启动）");
  else if (told.status !== null && told.status !== 200) toast(`办事系统应答异常：状态 ${told.status}`);
}

export function clockOf(iso) {
  return iso.slice(11, 16);
}

export function dayOf(iso) {
  return `${Number(iso.slice(5, 7))}月${Number(iso.slice(8, 10))}日`;
}

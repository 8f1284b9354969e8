// What a screen reader would stumble over (rules of axe: names, roles, order of headings, labels); none for a good page.
() => {
  const faults = [];
  const shown = (node) => node.getClientRects().length > 0;
  const name = (node) => {
    const by = (node.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean).map((id) => document.getElementById(id));
    if (by.includes(null)) faults.push("labelled by nothing");
    const own = [...node.querySelectorAll("img[alt],svg[aria-label]")].map((one) => one.alt || one.getAttribute("aria-label")).join("");
    return (node.getAttribute("aria-label") || by.map((one) => one && one.textContent).join("") || node.textContent + own).trim();
  };
  for (const node of document.querySelectorAll("a[href],button,summary")) if (!name(node)) faults.push(`no name: ${node.outerHTML.slice(0, 60)}`);
  for (const node of document.querySelectorAll("svg")) {
    const told = node.getAttribute("role") === "img" && node.getAttribute("aria-label");
    if (!told && node.getAttribute("aria-hidden") !== "true") faults.push("drawing without words");
  }
  let level = 0;
  for (const node of document.querySelectorAll("h1,h2,h3,h4")) {
    const now = Number(node.tagName[1]);
    if (now > level + 1) faults.push(`heading ${node.tagName} after h${level}: ${node.textContent}`);
    level = now;
  }
  for (const tag of ["main", "title"]) if (document.querySelectorAll(tag).length - document.querySelectorAll(`svg ${tag}`).length !== 1) faults.push(`not one ${tag}`);
  for (const list of document.querySelectorAll("ul,ol")) if ([...list.children].some((one) => one.tagName !== "LI")) faults.push("list with something else");
  for (const list of document.querySelectorAll("dl")) {
    for (const one of list.children) if (!["DT", "DD", "DIV"].includes(one.tagName)) faults.push("dl with something else");
    if (!list.querySelector("dt") || !list.querySelector("dd")) faults.push("empty dl");
  }
  for (const table of document.querySelectorAll("table")) if (!table.querySelector("th")) faults.push("table without heads");
  for (const node of document.querySelectorAll("[role]")) {
    if (!["status", "alert", "img", "search", "group", "navigation", "region"].includes(node.getAttribute("role"))) faults.push(`role ${node.getAttribute("role")}`);
  }
  for (const node of document.querySelectorAll("[tabindex]")) if (Number(node.getAttribute("tabindex")) > 0) faults.push("tabindex above 0");
  for (const node of document.querySelectorAll("[aria-hidden=true]")) if (node.querySelector("a[href],button,input,select,textarea")) faults.push("hidden but reachable");
  for (const node of document.querySelectorAll("a a,a button,button a,button button,summary a,summary button")) faults.push(`inside another: ${node.textContent}`);
  for (const node of document.querySelectorAll("input:not([type=hidden]),select,textarea")) {
    const labels = [...(node.labels || [])].map((one) => one.textContent.trim()).join("");
    if (!labels && !node.getAttribute("aria-label")) faults.push(`field without a label: ${node.name}`);
  }
  if (/user-scalable\s*=\s*no|maximum-scale/.test((document.querySelector("meta[name=viewport]") || {}).content || "")) faults.push("zoom forbidden");
  if (document.querySelector("[style],style,script:not([src]),[onclick]")) faults.push("inline style or script");
  for (const node of document.querySelectorAll("[src],link[href]")) {
    const at = new URL(node.src || node.href, location.href);
    if (at.origin !== location.origin) faults.push(`from outside: ${at.origin}`);
  }
  const skip = document.querySelector("a.skip");
  if (!skip || !document.querySelector(skip.getAttribute("href"))) faults.push("no way to skip to the text");
  return faults;
}

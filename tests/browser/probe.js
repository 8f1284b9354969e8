// What a reader, a thumb or tired eyes would stumble over; the words of the faults, none for a good page.
() => {
  const faults = [];
  const shown = (node) => node.getClientRects().length > 0 && getComputedStyle(node).visibility !== "hidden";
  const words = (node) => (node.textContent || node.value || node.type || "").trim().slice(0, 20);
  if (document.documentElement.lang !== "zh-CN") faults.push("no language");
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
  if (document.documentElement.scrollWidth > innerWidth) faults.push("wider than the window");
  for (const field of document.querySelectorAll("input:not([type=hidden]),select,textarea")) {
    if (!field.labels || !field.labels.length) faults.push(`no label: ${field.name}`);
  }
  for (const image of document.images) if (!image.alt) faults.push("picture without words");
  for (const target of document.querySelectorAll("button,summary,select,textarea,.btn,a.cell,.link,.home,.tick,input[type=text],input[type=number],input[type=date]")) {
    if (shown(target) && target.getBoundingClientRect().height < 43.5) faults.push(`small: ${words(target)} ${target.getBoundingClientRect().height}`);
  }
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  if (new Set(ids).size !== ids.length) faults.push("an id twice");
  const rgb = (text) => (text.match(/[\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const found = rgb(getComputedStyle(at).backgroundColor);
      if (found.length === 3 || found[3] > 0.99) return found;
    }
    return [255, 255, 255];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !shown(node)) continue;
    const [a, b] = [light(rgb(getComputedStyle(node).color)), light(behind(node))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) faults.push(`pale: ${words(node)}`);
  }
  return faults;
}

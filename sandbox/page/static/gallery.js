// Every card there was, each with all its states side by side; nothing can be tapped here.
import { card } from "./cards.js";
import { el, get } from "./dom.js";

const nothing = { open() {}, tap() {}, ask() {} };
const box = document.getElementById("cards");
const found = await get("/sandbox/cards/list");
const newest = [...new Map(found.map((one) => [JSON.stringify(one.states), one])).values()];
box.append(...newest.map((one) =>
  el("section", { "data-testid": "card" }, el("h2", {}, one.to || "工作群"),
    el("div", { class: "states" }, ...one.states.map((state, n) =>
      el("figure", {}, el("figcaption", {}, n ? `变为（${n}）` : "收到时"), el("div", { class: "bubble", inert: true }, card(state, nothing))))))));
if (!newest.length) box.append(el("p", {}, "还没有发出过卡片。"));
box.dataset.ready = "yes";

// The page: four phones, the clock, and the question "what is new" every second.
import { el, get, post, toast } from "./dom.js";
import { Drawer } from "./drawer.js";
import { Phone } from "./phone.js";

const DEFAULTS = [["chen.jing", "yx2026001"], ["huang.zhijian", "app"], ["li.na", "yx2026001"], ["xu.hui", "app"]];
const PAUSE = 1000;

class Page {
  constructor() {
    this.version = 0;
    this.epoch = 0;
    this.behind = 0;
    this.kept = JSON.parse(sessionStorage.getItem("sandbox") || '{"seen":{},"open":{},"people":[]}');
    this.phones = DEFAULTS.map(([person, chat], n) => {
      const own = this.kept.people[n] || person;
      return new Phone(n + 1, own, this.kept.open[own] || (own === person ? chat : ""), this);
    });
    document.getElementById("phones").append(...this.phones.map((phone) => phone.node));
    this.drawer = new Drawer(this);
    this.bindClock();
    this.bindTip();
    this.choosePhone(0);
  }

  keep() {
    this.kept.people = this.phones.map((phone) => phone.person);
    sessionStorage.setItem("sandbox", JSON.stringify(this.kept));
  }

  remembered(person) { return this.kept.open[person]; }
  remember(person, chat) { this.kept.open[person] = chat; this.keep(); }
  seen(person, chat) { return this.kept.seen[`${this.epoch}/${person}/${chat}`] || 0; }
  saw(person, chat, n) {
    const key = `${this.epoch}/${person}/${chat}`;
    if ((this.kept.seen[key] || 0) < n) { this.kept.seen[key] = n; this.keep(); }
  }

  // ------------------------------------------------------------ asking

  startOver() {
    this.version = 0;
    this.keep();
    this.drawTabs();
    this.hurry();
  }

  hurry() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), 0);
  }

  async ask() {
    if (this.asking) { this.again = true; return; }
    this.asking = true;
    try {
      const users = this.phones.map((phone) => phone.person).join(",");
      this.take(await get("/sandbox/view", { since: this.version, epoch: this.epoch, users }), users);
      document.body.classList.remove("lost");
    } catch {
      document.body.classList.add("lost");
    }
    this.asking = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), this.again ? 0 : document.hidden ? 5 * PAUSE : PAUSE);
    this.again = false;
  }

  take(world, users) {
    if (users !== this.phones.map((phone) => phone.person).join(",")) { this.again = true; return; }
    if (world.epoch !== this.epoch) {
      this.epoch = world.epoch;
      this.phones.forEach((phone) => phone.forget());
    }
    this.version = world.version;
    this.world = world;
    this.behind = new Date(world.now).getTime() - Date.now();
    this.phones.forEach((phone) => { if (world.phones[phone.person]) phone.take(world, world.phones[phone.person]); });
    this.drawDoors();
    this.drawTabs();
    this.tick();
    this.drawer.take(world);
  }

  // ------------------------------------------------------------ clock

  bindClock() {
    this.input = document.getElementById("clock-input");
    document.querySelectorAll("[data-move]").forEach((button) => button.addEventListener("click", () => this.move(button.dataset.move)));
    document.getElementById("clock-form").addEventListener("submit", (event) => { event.preventDefault(); this.moveTo(this.input.value); });
    this.input.addEventListener("input", () => { this.input.dataset.touched = "yes"; });
    setInterval(() => this.tick(), 1000);
  }

  // The office's wall clock as the fields of a UTC date.
  wall() { return new Date(Date.now() + this.behind + 8 * 3600000); }

  tick() {
    if (!this.world) return;
    const wall = this.wall();
    const day = "日一二三四五六"[wall.getUTCDay()];
    const text = wall.toISOString();
    const clock = document.getElementById("clock");
    clock.textContent = `${text.slice(0, 4)}年${wall.getUTCMonth() + 1}月${wall.getUTCDate()}日 星期${day} ${text.slice(11, 19)}`;
    clock.dateTime = text.slice(0, 19);
    if (document.activeElement !== this.input && !this.input.dataset.touched) this.input.value = text.slice(0, 16).replace("T", " ");
  }

  move(how) {
    if (how === "hour") { this.set({ advance: 3600 }); return; }
    if (how === "weekly") { this.set({ now: this.world.weekly }); return; }
    const wall = this.wall();
    const target = new Date(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth(), wall.getUTCDate() + 1, 9));
    this.moveTo(target.toISOString().slice(0, 16));
  }

  // A date field would speak the browser's language; this one reads 2026-09-18 16:20, 2026/9/18 16:20, 2026年9月18日16:20.
  moveTo(text) {
    const found = /^\s*(\d{4})\D(\d{1,2})\D(\d{1,2})\D+(\d{1,2})[:：](\d{2})/.exec(text);
    const [, year, ...rest] = found || [];
    const [month, day, hour, minute] = rest.map((part) => part.padStart(2, "0"));
    const now = `${year}-${month}-${day}T${hour}:${minute}:00+08:00`;
    if (!found || Number.isNaN(Date.parse(now))) { toast("时间请写成 2026-09-18 16:20"); return; }
    delete this.input.dataset.touched;
    this.set({ now });
  }

  async set(wish) {
    await post("/sandbox/clock", wish);
    this.hurry();
  }

  // ------------------------------------------------------------ around the phones

  bindTip() {
    const tip = document.getElementById("tip");
    tip.hidden = Boolean(localStorage.getItem("sandbox-tip"));
    document.getElementById("tip-close").addEventListener("click", () => { tip.hidden = true; localStorage.setItem("sandbox-tip", "read"); });
  }

  drawDoors() {
    const shown = JSON.stringify(this.world.callbacks);
    if (this.doorsDrawn === shown) return;
    this.doorsDrawn = shown;
    const doors = [["app", "应用"], ["bot", "机器人"]].map(([door, name]) => {
      const found = this.world.callbacks[door];
      const ok = found && found.ok;
      return el("span", { class: `door ${ok ? "ok" : "off"}`, title: ok ? "回调地址已通过验证" : "回调地址还没有通过验证" }, name);
    });
    document.getElementById("doors").replaceChildren(...doors);
  }

  drawTabs() {
    if (!this.world) return;
    const rows = this.phones.map((phone) => {
      const user = this.world.users.find((one) => one.userid === phone.person);
      return [user ? user.name : phone.person, phone.chats.reduce((sum, chat) => sum + phone.unread(chat), 0)];
    });
    const key = JSON.stringify([rows, this.open]);
    if (this.tabsDrawn === key) return;
    this.tabsDrawn = key;
    document.getElementById("people-tabs").replaceChildren(...rows.map(([name, unread], n) =>
      el("button", { type: "button", role: "tab", "aria-selected": String(n === this.open), "data-testid": `tab-${n + 1}`, onclick: () => this.choosePhone(n) }, name, unread ? el("em", { class: "badge" }, String(unread)) : "")));
  }

  choosePhone(n) {
    this.open = n;
    this.phones.forEach((phone, at) => phone.node.classList.toggle("chosen", at === n));
    this.phones[n].toEnd();
    this.phones[n].looked();
    this.drawTabs();
  }
}

const page = new Page();
page.ask();

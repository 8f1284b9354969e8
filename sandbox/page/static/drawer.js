// The drawer: calls received, switches, faults.
import { el, get, post, toast } from "./dom.js";

const EFFECTS = { delivered: "已送达", duplicate: "重复，未再显示", dropped: "被静默丢弃", refused: "被拒绝", done: "完成", fault: "故障", illegal_answer: "应答不合规", callback_failed: "回调失败", asked: "询问身份", unknown: "没有此接口", too_many_in_progress: "并发过多" };
const CALLS = {
  "/cgi-bin/gettoken": "获取令牌", "/cgi-bin/message/send": "发应用消息", "/cgi-bin/message/update_template_card": "更新卡片", "/cgi-bin/message/recall": "撤回消息",
  "/cgi-bin/appchat/create": "建群", "/cgi-bin/appchat/update": "改群", "/cgi-bin/appchat/get": "查群", "/cgi-bin/appchat/send": "群里发消息", "/cgi-bin/media/upload": "上传文件",
  "/cgi-bin/media/get": "取文件", "/cgi-bin/aibot/response": "机器人补发", "/cgi-bin/webhook/send": "群机器人推送", "/sandbox/cos": "下载文件", "/cgi-bin/menu/create": "建菜单",
};
const FAULTS = { errcode: "返回错误码", status: "HTTP 状态", delay: "先执行，再拖延（秒）", cut: "先执行，再断开连接" };

export class Drawer {
  constructor(page) {
    this.page = page;
    this.node = document.getElementById("drawer");
    this.opener = document.getElementById("drawer-open");
    this.log = [];
    this.opener.addEventListener("click", () => this.toggle());
    document.getElementById("drawer-close").addEventListener("click", () => this.toggle());
    document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !this.node.hidden) this.toggle(); });
    this.node.querySelectorAll("[data-pane]").forEach((tab) => tab.addEventListener("click", () => this.choose(tab.dataset.pane)));
    this.rows = el("div", { class: "log" });
    document.getElementById("pane-log").append(this.rows);
    this.buildFaults();
  }

  toggle() {
    this.node.hidden = !this.node.hidden;
    this.opener.setAttribute("aria-expanded", String(!this.node.hidden));
    if (!this.node.hidden) this.readLog();
  }

  choose(name) {
    this.node.querySelectorAll("[data-pane]").forEach((tab) => tab.setAttribute("aria-selected", String(tab.dataset.pane === name)));
    this.node.querySelectorAll(".pane").forEach((pane) => { pane.hidden = pane.id !== `pane-${name}`; });
  }

  take(world) {
    if (this.node.hidden) return;
    this.drawSwitches(world.switches);
    this.drawFaults(world.faults);
    this.readLog();
  }

  // ------------------------------------------------------------ calls

  async readLog() {
    const log = await get("/sandbox/log", { last: 100 });
    const newest = log.length ? log[log.length - 1].n : 0;
    if (newest === this.newest) return;
    this.newest = newest;
    const open = new Set([...this.rows.querySelectorAll("details[open]")].map((node) => node.dataset.n));
    this.rows.replaceChildren(...log.reverse().map((entry) => this.line(entry, open.has(String(entry.n)))));
    if (!log.length) this.rows.append(el("p", { class: "faint" }, "还没有收到调用。"));
  }

  line(entry, open) {
    const more = { 参数: entry.query, 内容: entry.body, 提示: entry.warnings, 原因: entry.reason || entry.rule, 丢弃: entry.dropped, 故障: entry.fault };
    const shown = Object.entries(more).filter(([, value]) => value && (typeof value !== "object" || Object.keys(value).length));
    return el("details", { class: `call ${entry.effect}`, open, "data-n": entry.n },
      el("summary", {}, el("time", {}, entry.at.slice(11, 19)), el("b", {}, CALLS[entry.path] || "", el("small", {}, entry.path.replace("/cgi-bin/", ""))),
        el("span", { class: "effect" }, EFFECTS[entry.effect] || entry.effect || "处理中", entry.errcode ? ` ${entry.errcode}` : "", entry.status !== 200 ? ` HTTP ${entry.status}` : "")),
      ...shown.map(([name, value]) => el("div", {}, el("small", {}, name), el("pre", {}, typeof value === "string" ? value : JSON.stringify(value, null, 1)))));
  }

  // ------------------------------------------------------------ switches

  drawSwitches(switches) {
    const key = JSON.stringify(switches);
    if (this.switchesDrawn === key) return;
    this.switchesDrawn = key;
    document.getElementById("pane-switches").replaceChildren(
      el("p", { class: "faint" }, "平台上没有得到证实的地方，都可以拨到坏的一边试试。"),
      ...switches.map((one) => el("label", { class: "switch", title: one.name },
        el("input", { type: "checkbox", role: "switch", checked: one.on, "data-testid": `switch-${one.name}`, onchange: (event) => post("/sandbox/switch", { name: one.name, on: event.target.checked }) }),
        el("span", {}, one.explain))),
      el("div", { class: "whole" },
        el("button", { type: "button", onclick: () => this.verify() }, "重新验证回调地址"),
        el("button", { type: "button", class: "danger", onclick: () => this.reset() }, "全部还原")));
  }

  async verify() {
    const found = await post("/sandbox/verify_callbacks", {});
    if (found) toast(`应用：${found.app.ok ? "通过" : "未通过"}；机器人：${found.bot.ok ? "通过" : "未通过"}`, found.app.ok && found.bot.ok ? "good" : "bad");
  }

  async reset() {
    if (!window.confirm("清空聊天记录、开关和故障，时钟回到最初？办事系统里已登记的问题和进度不会清空。")) return;
    await post("/sandbox/reset", {});
    await this.verify();
    this.page.hurry();
  }

  // ------------------------------------------------------------ faults

  buildFaults() {
    this.path = el("input", { list: "paths", value: "message/send", "aria-label": "接口路径" });
    this.kind = el("select", { "aria-label": "故障种类" }, ...Object.entries(FAULTS).map(([value, words]) => el("option", { value }, words)));
    this.value = el("input", { type: "number", value: "-1", "aria-label": "数值", step: "any" });
    this.times = el("input", { type: "number", value: "1", min: "0", "aria-label": "次数" });
    this.waiting = el("div", { class: "waiting" });
    const paths = ["message/send", "message/update_template_card", "appchat/send", "appchat/create", "gettoken", "media/upload", "aibot/response", "*"];
    document.getElementById("pane-faults").append(
      el("p", { class: "faint" }, "接下来的几次调用会出的故障。次数填 0 可清除该接口的故障。"),
      el("form", { class: "fault-form", onsubmit: (event) => { event.preventDefault(); this.putFault(); } },
        el("label", {}, "接口", this.path), el("datalist", { id: "paths" }, ...paths.map((value) => el("option", { value }))),
        el("label", {}, "故障", this.kind), el("label", {}, "数值", this.value), el("label", {}, "次数", this.times), el("button", { type: "submit" }, "安排")),
      this.waiting);
    this.kind.addEventListener("change", () => { this.value.value = { errcode: -1, status: 500, delay: 6, cut: 1 }[this.kind.value]; this.value.disabled = this.kind.value === "cut"; });
  }

  async putFault() {
    const wish = { path: this.path.value, times: Number(this.times.value) };
    wish[this.kind.value] = this.kind.value === "cut" ? true : Number(this.value.value);
    const left = await post("/sandbox/fault", wish);
    if (left) this.drawFaults(left);
  }

  drawFaults(faults) {
    this.waiting.replaceChildren(...faults.map((fault) => {
      const what = Object.keys(FAULTS).filter((kind) => fault[kind]).map((kind) => `${FAULTS[kind]}${fault[kind] === true ? "" : ` ${fault[kind]}`}`).join("，");
      return el("div", {}, el("b", {}, fault.path.replace("/cgi-bin/", "")), ` ${what} × ${fault.times}`,
        el("button", { type: "button", "aria-label": "清除", onclick: async () => this.drawFaults(await post("/sandbox/fault", { path: fault.path, times: 0 })) }, "×"));
    }));
    if (!faults.length) this.waiting.append(el("p", { class: "faint" }, "没有安排故障。"));
  }
}

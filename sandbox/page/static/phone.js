// One phone: a person, that person's chats, the open chat, the pages opened in it.
import { avatar, row, timeLine } from "./bubbles.js";
import { el, get, post, tellAnswer, toast } from "./dom.js";

const NOTES = { app: "通知、卡片和待办都到这里，不用 @", bot: "直接发消息或文件，不用 @" };
const STARTS = { enterprise: ["进度", "施工许可办到哪了", "施工许可材料", "反馈问题：窗口要求清单外的材料"], supervisor: ["汇总", "帮助"], outsider: ["帮助"] };
const GAP = 5 * 60 * 1000;
const BIGGEST = 100 * 1024 * 1024;

export class Phone {
  constructor(n, person, chat, page) {
    Object.assign(this, { n, person, chat, page, chats: [], rows: new Map(), quote: null, mention: true });
    this.messages = new Map();
    this.build();
  }

  id(name) { return `phone-${this.n}-${name}`; }

  build() {
    const say = (event) => { event.preventDefault(); this.send(); };
    this.select = el("select", { "data-testid": this.id("person"), "aria-label": "这部手机是谁的", onchange: () => this.becomes(this.select.value) });
    this.list = el("div", { class: "chats", role: "tablist", "aria-label": "会话" });
    this.title = el("div", { class: "chat-title" });
    this.flow = el("div", { class: "flow", "data-testid": this.id("messages"), role: "log", "aria-label": "消息", "aria-live": "polite" });
    this.menu = el("div", { class: "app-menu", hidden: true });
    this.quoteLine = el("div", { class: "quoting", hidden: true });
    this.hint = el("span", { "data-testid": this.id("hint") });
    this.at = el("button", { type: "button", class: "at", "data-testid": this.id("mention"), onclick: () => this.toggleMention() });
    this.hintLine = el("div", { class: "hint" }, this.at, this.hint);
    this.input = el("textarea", { rows: "1", "data-testid": this.id("input"), "aria-label": "输入消息", placeholder: "发消息…", oninput: () => this.grow(), onkeydown: (event) => this.key(event) });
    this.picker = el("input", { type: "file", hidden: true, "data-testid": this.id("file"), onchange: () => this.sendFile() });
    const attach = el("button", { type: "button", class: "attach", "aria-label": "发送文件或图片", onclick: () => this.picker.click() }, "＋");
    const send = el("button", { type: "submit", class: "send", "data-testid": this.id("send") }, "发送");
    this.composer = el("form", { class: "composer", onsubmit: say }, this.input, attach, this.picker, send);
    this.frame = el("div", { class: "frame", hidden: true });
    this.node = el("section", { class: "phone", "data-testid": `phone-${this.n}`, "aria-label": `手机 ${this.n}` },
      el("div", { class: "owner" }, this.face = el("span"), this.select), this.list, this.title, this.flow, this.menu, this.quoteLine, this.hintLine, this.composer, this.frame);
  }

  // ------------------------------------------------------------ what is new

  becomes(person) {
    this.person = person;
    this.messages.clear();
    this.chat = this.page.remembered(person) || "";
    this.newest = undefined;
    this.quote = null;
    this.closeFrame();
    this.page.startOver(this);
  }

  forget() {
    this.messages.clear();
    this.newest = undefined;
    this.drawn = "";
    this.redraw();
  }

  take(world, news) {
    this.world = world;
    this.chats = [...news.chats].sort((a, b) => this.rank(a) - this.rank(b));
    if (!this.chats.includes(this.chat)) this.chat = this.chats.find((one) => one !== "app" && one !== "bot") || "app";
    const open = [];
    for (const message of news.messages) {
      if (!this.messages.has(message.chat)) this.messages.set(message.chat, new Map());
      this.messages.get(message.chat).set(message.id, message);
      if (message.chat === this.chat) open.push(message);
    }
    this.drawOwner();
    this.drawMenu();
    if (this.drawn !== `${this.person}/${this.chat}`) this.redraw();
    else open.forEach((message) => this.place(message));
    this.light(news.messages);
    this.looked();
    this.drawChats();
  }

  // Groups of the office first, then the app and the bot, then whatever else this person is in.
  rank(chat) {
    if (chat === "app" || chat === "bot") return chat === "app" ? 1 : 2;
    return this.group(chat)?.by_app ? 0 : 3;
  }

  // Only what is on the screen counts as read: in a small window one phone shows, the others keep their badges.
  looked() {
    if (this.world && this.node.offsetParent) this.page.saw(this.person, this.chat, this.lastSeen());
  }

  // Something came in from somebody else: show which phone it was, unless its owner is writing in it.
  light(messages) {
    const known = this.newest;
    this.newest = Math.max(known || 0, ...messages.map((m) => m.n));
    if (known === undefined || this.node.contains(document.activeElement) || !messages.some((m) => m.n > known && m.from !== this.person && m.kind !== "system")) return;
    this.node.classList.remove("lit");
    requestAnimationFrame(() => this.node.classList.add("lit"));
  }

  lastSeen() {
    const all = [...(this.messages.get(this.chat) || new Map()).values()];
    return all.length ? all[all.length - 1].n : 0;
  }

  unread(chat) {
    const seen = this.page.seen(this.person, chat);
    return [...(this.messages.get(chat) || new Map()).values()].filter((m) => m.n > seen && m.from !== this.person && m.kind !== "system").length;
  }

  // ------------------------------------------------------------ drawing

  drawOwner() {
    const key = `${this.person}/${this.world.users.length}`;
    if (this.ownerDrawn === key) return;
    this.ownerDrawn = key;
    this.select.replaceChildren(...this.world.users.map((user) => el("option", { value: user.userid, selected: user.userid === this.person }, `${user.name}　${user.position}`)));
    const user = this.world.users.find((one) => one.userid === this.person);
    this.face.replaceChildren(avatar(this.world, this.person, user ? user.name : this.person));
  }

  chatName(chat) {
    if (chat === "app") return "帮办代办";
    if (chat === "bot") return this.world.bot_name;
    const group = this.group(chat);
    return group ? group.name : chat;
  }

  group(chat) { return this.world.chats.find((one) => one.chat === chat); }

  drawChats() {
    const rows = this.chats.map((chat) => [chat, this.chatName(chat), this.unread(chat), chat === this.chat]);
    const key = JSON.stringify(rows);
    if (this.chatsDrawn === key) return;
    this.chatsDrawn = key;
    const focused = this.list.contains(document.activeElement) ? document.activeElement.dataset.testid : "";
    this.list.replaceChildren(...rows.map(([chat, name, unread, open]) =>
      el("button", {
        type: "button", role: "tab", class: "chat", "aria-selected": String(open), "data-testid": this.id(`chat-${chat}`),
        title: name, onclick: () => this.enter(chat),
      }, this.chatFace(chat), el("span", { class: "chat-name" }, name), unread ? el("em", { class: "badge", "aria-label": `${unread} 条未读` }, unread > 99 ? "99+" : String(unread)) : "")));
    if (focused) this.list.querySelector(`[data-testid="${focused}"]`)?.focus();
  }

  chatFace(chat) {
    if (chat === "app" || chat === "bot") return avatar(this.world, chat, "");
    const group = this.group(chat);
    const few = group ? group.members.slice(0, 4) : [];
    return el("span", { class: "avatar many", "aria-hidden": "true" }, ...few.map((userid) => {
      const user = this.world.users.find((one) => one.userid === userid);
      return avatar(this.world, userid, user ? user.name.slice(-1) : "?");
    }));
  }

  drawTitle() {
    const group = this.group(this.chat);
    const note = group ? `（${group.members.length}）` : "";
    const words = NOTES[this.chat] || (group && !group.bot ? "群里没有机器人" : "");
    this.title.replaceChildren(el("b", {}, this.chatName(this.chat) + note), words ? el("small", {}, words) : "");
    const talks = Boolean(group && group.bot);
    this.at.textContent = `@${this.world.bot_name}`;
    this.at.setAttribute("aria-pressed", String(this.mention));
    this.hintLine.hidden = !talks;
    this.hintLine.classList.toggle("warn", !this.mention);
    this.hint.textContent = this.mention ? "机器人能收到这条消息" : "没有 @ 的消息机器人收不到";
    this.menu.hidden = this.chat !== "app" || !this.world.menu.length;
  }

  drawMenu() {
    const key = JSON.stringify(this.world.menu);
    if (this.menuDrawn === key) return;
    this.menuDrawn = key;
    this.menu.replaceChildren(...this.world.menu.map((entry) => this.menuEntry(entry)));
    this.menu.hidden = this.chat !== "app" || !this.world.menu.length;
  }

  menuEntry(entry) {
    if (!entry.sub_button) return el("button", { type: "button", "data-key": entry.key, onclick: () => this.choose(entry) }, entry.name);
    const list = el("div", { class: "sub-menu", hidden: true }, ...entry.sub_button.map((sub) =>
      el("button", { type: "button", "data-key": sub.key, onclick: () => { list.hidden = true; this.choose(sub); } }, sub.name)));
    return el("span", {}, el("button", { type: "button", "aria-haspopup": "true", onclick: () => { list.hidden = !list.hidden; } }, "≡ ", entry.name), list);
  }

  redraw() {
    this.rows.clear();
    this.flow.replaceChildren();
    this.lastAt = "";
    if (!this.world) return;
    this.drawn = `${this.person}/${this.chat}`;
    this.drawTitle();
    this.setQuote(null);
    [...(this.messages.get(this.chat) || new Map()).values()].sort((a, b) => a.n - b.n).forEach((message) => this.place(message));
    if (!this.rows.size) this.suggest();
    this.toEnd();
  }

  // An empty chat says what one could write.
  suggest() {
    const group = this.group(this.chat);
    if (group && !group.bot) return;
    const user = this.world.users.find((one) => one.userid === this.person);
    const words = STARTS[user ? user.kind : "outsider"] || ["待办", "帮助"];
    this.start = el("div", { class: "start", "data-testid": this.id("start") }, el("p", {}, "还没有消息，可以试试"),
      ...words.map((text) => el("button", { type: "button", onclick: () => this.say({ text, mention: true }) }, text)));
    this.flow.append(this.start);
  }

  toEnd() { requestAnimationFrame(() => { this.flow.scrollTop = this.flow.scrollHeight; }); }

  place(message) {
    const below = this.flow.scrollHeight - this.flow.scrollTop - this.flow.clientHeight < 80;
    const old = this.rows.get(message.id);
    const fresh = row(this.world, message, this.acts(message));
    if (old) old.replaceWith(fresh);
    else {
      this.start?.remove();
      if (!this.lastAt || Math.abs(new Date(message.at) - new Date(this.lastAt)) > GAP) this.flow.append(timeLine(message.at, this.world.now.slice(0, 10)));
      this.lastAt = message.at;
      this.flow.append(fresh);
    }
    this.rows.set(message.id, fresh);
    if (below || (!old && message.from === this.person)) this.flow.scrollTop = this.flow.scrollHeight;
  }

  acts(message) {
    return {
      person: this.person,
      inGroup: Boolean(this.group(this.chat)),
      open: (url) => this.open(url),
      tap: (key, selected) => this.tap(message.id, key, selected),
      ask: (question) => this.say({ text: question }),
      pick: (picked, bubble) => this.pick(picked, bubble),
      thumb: async (id, type) => { if (await post("/sandbox/event", { user: this.person, event: "feedback", message: id, type })) toast("已反馈", "good"); },
    };
  }

  // ------------------------------------------------------------ acting

  async enter(chat) {
    this.chat = chat;
    this.page.remember(this.person, chat);
    this.redraw();
    this.looked();
    this.drawChats();
    if (chat === "bot") tellAnswer(await post("/sandbox/event", { user: this.person, event: "enter_chat" }));
    if (chat === "app") tellAnswer(await post("/sandbox/event", { user: this.person, event: "enter_agent" }));
    this.page.hurry();
  }

  toggleMention() {
    this.mention = !this.mention;
    this.drawTitle();
    this.input.focus();
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.send(); }
    if (event.key === "Escape") this.setQuote(null);
  }

  grow() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(96, this.input.scrollHeight)}px`;
  }

  send() {
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = "";
    this.grow();
    this.say({ text }).then((told) => { if (!told && !this.input.value) { this.input.value = text; this.grow(); } });
  }

  async say(part) {
    const wish = { user: this.person, chat: this.chat, mention: this.mention, ...part };
    if (wish.text && wish.text.startsWith(`@${this.world.bot_name}`)) wish.mention = true;
    if (this.quote) wish.quote = this.quote.id;
    this.setQuote(null);
    this.flow.scrollTop = this.flow.scrollHeight;
    const asked = post("/sandbox/say", wish);
    setTimeout(() => this.page.hurry(), 30);
    const told = await asked;
    tellAnswer(told);
    if (told && told.reason && part.file) toast(told.reason, "plain");
    this.page.hurry();
    return told;
  }

  sendFile() {
    const file = this.picker.files[0];
    this.picker.value = "";
    if (!file) return;
    if (file.size > BIGGEST) { toast("文件超过 100 MB"); return; }
    const reader = new FileReader();
    reader.onload = () => this.say({ file: { name: file.name, base64: String(reader.result).split(",")[1] || "" } });
    reader.readAsDataURL(file);
  }

  async tap(message, key, selected) {
    tellAnswer(await post("/sandbox/tap", { user: this.person, message, key, selected }));
    this.page.hurry();
  }

  async choose(entry) {
    if (entry.type === "view") { this.open(entry.url); return; }
    tellAnswer(await post("/sandbox/event", { user: this.person, event: "click", key: entry.key }));
    this.page.hurry();
  }

  pick(message, bubble) {
    this.flow.querySelectorAll(".pick").forEach((node) => node.remove());
    const quote = () => { pick.remove(); this.setQuote(message); this.input.focus(); };
    const pick = el("div", { class: "pick" },
      this.chat === "app" ? "" : el("button", { type: "button", "data-testid": this.id("quote"), onclick: quote }, "引用"),
      message.kind === "image" ? el("a", { href: `/sandbox/file/${message.file}`, target: "_blank", rel: "noopener" }, "打开") : "");
    if (!pick.childElementCount) return;
    bubble.after(pick);
    pick.scrollIntoView({ block: "nearest" });
    setTimeout(() => pick.remove(), 6000);
  }

  setQuote(message) {
    this.quote = message;
    this.quoteLine.hidden = !message;
    if (message) this.quoteLine.replaceChildren(el("span", {}, `引用 ${message.from_name}：${message.summary}`), el("button", { type: "button", "aria-label": "取消引用", onclick: () => this.setQuote(null) }, "×"));
  }

  // ------------------------------------------------------------ pages

  async open(url) {
    const found = await get("/sandbox/open", { user: this.person, url });
    const inner = el("iframe", { src: found.url, title: "网页", "data-testid": this.id("frame") });
    this.frame.replaceChildren(el("div", { class: "frame-bar" },
      el("button", { type: "button", "data-testid": this.id("frame-back"), "aria-label": "返回聊天", onclick: () => this.closeFrame() }, "‹ 返回"),
      el("span", {}, "网页"), el("button", { type: "button", "aria-label": "刷新网页", onclick: () => { inner.src = inner.src; } }, "⟳")), inner);
    this.frame.hidden = false;
  }

  closeFrame() {
    this.frame.hidden = true;
    this.frame.replaceChildren();
    this.page.hurry();
  }
}

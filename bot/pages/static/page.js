// Only what makes a page more pleasant: without it every form still works.
"use strict";

const storage = (() => {
  try { sessionStorage.setItem("t", "1"); sessionStorage.removeItem("t"); return sessionStorage; } catch { return null; }
})();

// Ready phrases: one tap puts the words in, to be changed before they are sent.
for (const box of document.querySelectorAll(".phrases")) {
  const field = document.getElementById(box.dataset.for);
  box.hidden = false;
  box.addEventListener("click", (event) => {
    const chip = event.target.closest(".chip");
    if (!chip) return;
    field.value = field.value.trim() ? `${field.value.trim()}\n${chip.textContent}` : chip.textContent;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
}

// What was typed outlives a lost connection and a closed page, on this phone and in this session only.
for (const form of document.querySelectorAll("form[data-keep]")) {
  if (!storage) break;
  const key = `kept:${location.pathname}:${form.dataset.keep}`;
  const fields = [...form.querySelectorAll("textarea,select,input:not([type=hidden]):not([type=file]):not([type=password])")];
  const said = document.querySelector(".notice.good[role=status]");
  const problem = document.querySelector(".notice.bad");
  if (said) storage.removeItem(key);
  const kept = JSON.parse(storage.getItem(key) || "null");
  if (kept && !problem) {
    fields.forEach((field, n) => {
      const [value, checked] = kept[n] || [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = Boolean(checked);
      else if (value && field.value === field.defaultValue) field.value = value;
    });
    const details = form.closest("details");
    if (details && !said && fields.some((field) => field.tagName === "TEXTAREA" && field.value !== field.defaultValue)) details.open = true;
  }
  form.addEventListener("input", () => storage.setItem(key, JSON.stringify(fields.map((field) => [field.value, field.checked]))));
}

// A card's button leads straight to the field.
const wanted = new URLSearchParams(location.search).get("do");
if (wanted) {
  const input = [...document.querySelectorAll("input[name=do]")].find((one) => one.value === wanted);
  const details = input && input.closest("details");
  if (details) {
    details.open = true;
    const field = details.querySelector("textarea,select");
    if (field) { field.scrollIntoView({ block: "center" }); field.focus({ preventScroll: true }); }
  }
}
const problem = document.querySelector(".notice.bad");
if (problem) problem.scrollIntoView({ block: "nearest" });

// One tap is one deed; without a connection it is said, and nothing is lost.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-upload]") || form.method !== "post") return;
  if (navigator.onLine === false) {
    event.preventDefault();
    tell(form, OFFLINE);
    return;
  }
  setTimeout(() => form.querySelectorAll("button").forEach((one) => { one.disabled = true; }));
});
addEventListener("pageshow", () => document.querySelectorAll("button:disabled").forEach((one) => { one.disabled = false; }));

const OFFLINE = "没有网络，内容没有提交。已填写的内容保存在本机，连上网络后再点一次。";

function tell(form, words) {
  let line = form.querySelector("[data-told]");
  if (!line) { line = document.createElement("p"); line.dataset.told = ""; line.className = "notice bad"; line.setAttribute("role", "alert"); form.append(line); }
  line.textContent = words;
}

// A file goes up with a bar; a connection that breaks can be tried again with the same file.
for (const form of document.querySelectorAll("form[data-upload]")) {
  const bar = form.querySelector("progress"), line = form.querySelector("[data-progress]"), button = form.querySelector("button");
  form.querySelector("input[type=file]").addEventListener("change", (event) => {
    form.querySelector("[data-name]").textContent = [...event.target.files].map((file) => `${file.name}（${(file.size / 1024 / 1024).toFixed(1)} MB）`).join("，");
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const size = [...form.querySelector("input[type=file]").files].reduce((sum, file) => sum + file.size, 0);
    if (navigator.onLine === false) { tell(form, OFFLINE); return; }
    if (size > 20 * 1024 * 1024) { line.textContent = "文件超过20 MB，请压缩或分开提交。"; return; }
    const request = new XMLHttpRequest();
    request.open("POST", location.pathname);
    request.upload.onprogress = (sent) => {
      if (!sent.lengthComputable) return;
      bar.value = Math.round((sent.loaded / sent.total) * 100);
      line.textContent = `已上传${bar.value}%`;
    };
    request.onload = () => {
      if (request.responseURL && request.status < 400) { location.assign(request.responseURL); return; }
      const words = new DOMParser().parseFromString(request.responseText, "text/html").querySelector(".notice");
      line.textContent = words ? words.textContent.trim() : "没有提交成功，请再点一次。";
      bar.hidden = true; button.disabled = false;
    };
    request.onerror = () => { line.textContent = "网络中断，文件没有提交。请连上网络后再点一次“提交”。"; bar.hidden = true; button.disabled = false; };
    bar.hidden = false; bar.value = 0; button.disabled = true; line.textContent = "正在上传…";
    request.send(new FormData(form));
  });
}

// Sheets of a PDF come one after the other, as long as there are any.
for (const box of document.querySelectorAll("[data-sheets]")) {
  let next = 2;
  const more = document.createElement("button");
  more.type = "button"; more.className = "btn plain"; more.textContent = "看下一页";
  more.addEventListener("click", () => {
    const image = new Image();
    image.className = "sheet"; image.alt = `第${next}页`;
    image.onload = () => { more.before(image); next += 1; };
    image.onerror = () => { more.disabled = true; more.textContent = "没有下一页了"; };
    image.src = box.dataset.sheets + next;
  });
  box.append(more);
}

/* Một Cửa: small helps. Every page works without this file; nothing here decides anything. */
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const typing = (node) => node && (node.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(node.tagName));
  const desk = document.body.classList.contains("desk-door");
  const say = {
    vi: {
      keys: "Phím tắt", find: "tìm", next: "dòng sau", before: "dòng trước", open: "mở", act: "việc tiếp theo", fresh: "tiếp nhận mới", back: "quay lại", all: "mọi phím",
      sleep: "Tắt phím một chữ", awake: "Phím có Ctrl và F2–F9 vẫn dùng được", close: "Quay lại",
      loading: "Đang tải…", failed: "Chưa tải được phần này", rest: "Phần khác của trang vẫn dùng được.", again: "Tải lại phần này",
      offline: "Mất kết nối. Chữ đã gõ còn trên máy này; gửi lại khi có mạng.",
      sideways: "Bảng rộng hơn màn hình: kéo ngang, hoặc dùng phím ← →, để xem hết.",
      refilled: "Đã điền lại chữ gõ lúc trước, còn giữ trên máy này.", forget: "Bỏ, điền lại từ đầu",
    },
    en: {
      keys: "Keyboard", find: "search", next: "next row", before: "previous row", open: "open", act: "next act", fresh: "new reception", back: "back", all: "all keys",
      sleep: "Switch off single-letter keys", awake: "Keys with Ctrl and F2–F9 keep working", close: "Back",
      loading: "Loading…", failed: "This part could not be loaded", rest: "The rest of the page still works.", again: "Load this part again",
      offline: "No connection. What you typed is still on this machine; send it again when the network is back.",
      sideways: "The table is wider than the screen: swipe it, or use the keys ← →, to see all of it.",
      refilled: "Filled in again with what you typed before, kept on this machine.", forget: "Discard and start over",
    },
  }[document.documentElement.lang === "en" ? "en" : "vi"];
  const make = (tag, attributes = {}, ...inside) => {
    const node = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    node.append(...inside);
    return node;
  };

  // Keys: single letters sleep while somebody types, and can be switched off (WCAG 2.1.4).
  const OFF = "motcua-phim-tat";
  const asleep = () => localStorage.getItem(OFF) === "tat";
  const opener = (row) => $("a.main, th a[href]", row);
  const rows = () => {
    const all = $$("main .t tbody tr").filter((row) => !row.classList.contains("grp") && $("a.main, th a[href]", row));
    return all.filter((row) => row.closest("table") === all[0].closest("table"));
  };
  const selected = () => rows().findIndex((row) => row.classList.contains("sel"));
  const select = (index) => {
    const all = rows();
    const row = all[Math.max(0, Math.min(index, all.length - 1))];
    if (!row) return;
    all.forEach((one) => one.classList.toggle("sel", one === row));
    opener(row).focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  };
  const step = (way) => {
    const near = $(`a[rel="${way > 0 ? "next" : "prev"}"][data-key]`);
    if (rows().length) select(selected() + way);
    else if (near) near.click();
  };
  const press = (key) => {
    const row = rows()[selected()];
    const node = (row && key === "T" && $(".c-act .btn", row)) ||
      $$("[data-key]").find((one) => one.dataset.key.toUpperCase() === key && !one.closest("dialog:not([open])"));
    if (node) node.click();
    return Boolean(node);
  };
  let going = 0;
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.metaKey) return;
    const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    if (event.ctrlKey) {
      if (key === "Enter" && press("CTRL ↵")) event.preventDefault();
      return;
    }
    if (/^F[2-9]$/.test(key)) {
      if (press(key)) event.preventDefault();
      return;
    }
    if (key === "Escape") {
      $$("details.me-menu[open], details.menu[open], details.due-box[open]").forEach((one) => {
        one.open = false;
        $("summary", one).focus();
      });
      return;
    }
    if (!desk || event.ctrlKey || typing(event.target) || asleep() || $("dialog[open]")) return;
    if (Date.now() - going < 1500) {
      going = 0;
      const place = $(`[data-go="${key.toLowerCase()}"]`);
      if (place) place.click();
      return;
    }
    const acts = { J: () => step(1), K: () => step(-1), G: () => { going = Date.now(); }, "?": keys };
    const reception = $('[data-go="t"]');
    if (reception && !$('main [data-key="N"]')) acts.N = () => reception.click();
    if (key === "/") {
      const find = $("[data-find]");
      if (!find) return;
      find.focus();
    } else if (acts[key]) acts[key]();
    else if (/^[A-Z]$/.test(key) && press(key)) { /* pressed */ } else return;
    event.preventDefault();
  });

  // All keys, in a dialog; each is shown on its button too.
  function keys() {
    let box = $("#moi-phim");
    if (!box) {
      const known = [["/", say.find], ["J", say.next], ["K", say.before], ["Enter", say.open], ["T", say.act], ["N", say.fresh]];
      $$("[data-go]").forEach((one) => known.push([`G ${one.dataset.go.toUpperCase()}`, one.firstChild.textContent.trim()]));
      $$("main [data-key]").forEach((one) => known.push([one.dataset.key, words(one).textContent.trim()]));
      known.push(["Esc", say.back], ["?", say.all]);
      const sleep = make("input", { type: "checkbox" });
      sleep.checked = asleep();
      sleep.addEventListener("change", () => localStorage.setItem(OFF, sleep.checked ? "tat" : "bat"));
      box = make("dialog", { id: "moi-phim", "aria-labelledby": "moi-phim-ten" },
        make("h2", { id: "moi-phim-ten" }, say.keys),
        make("div", { class: "keys mt3" }, ...known.map(([key, word]) => make("div", {}, make("span", {}, word), make("kbd", {}, key)))),
        make("label", { class: "pick mt4" }, sleep, make("span", {}, say.sleep, make("small", {}, say.awake))),
        make("form", { method: "dialog", class: "btns mt4" }, make("button", { class: "btn" }, say.close)));
      document.body.append(box);
    }
    box.showModal();
  }
  $$("[data-keys]").forEach((one) => { one.hidden = false; });

  // Pressing: closed acts lead to their reason; dialogs open; the printer prints; back goes back.
  document.addEventListener("click", (event) => {
    const node = event.target.closest("button, a, summary");
    if (!node) return;
    if (node.getAttribute("aria-disabled") === "true" || node.getAttribute("aria-busy") === "true") {
      event.preventDefault();
      const why = document.getElementById(node.getAttribute("aria-describedby") || "");
      if (why) {
        why.tabIndex = -1;
        why.focus();
      }
    } else if (node.dataset.dialog) {
      const box = document.getElementById(node.dataset.dialog);
      if (box && box.showModal) {
        event.preventDefault();
        box.showModal();
      }
    } else if (node.hasAttribute("data-close")) {
      const box = node.closest("dialog");
      if (box) {
        event.preventDefault();
        box.close();
      }
    } else if (node.hasAttribute("data-print")) window.print();
    else if (node.hasAttribute("data-keys")) keys();
    else if (node.hasAttribute("data-back") && history.length > 1) {
      event.preventDefault();
      history.back();
    }
    $$("details.due-box[open], details.me-menu[open], details.menu[open]").forEach((one) => {
      if (!one.contains(node)) one.open = false;
    });
  });

  // A passkey that was not given: the sentence beside its button says so.
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    $$("[data-key-failed]").forEach((one) => { one.hidden = false; });
  });

  // Sending: the second press does nothing; without a network nothing is sent and nothing lost; filters send themselves.
  const words = (node) => [...node.childNodes].find((one) => one.nodeType === 3 && one.textContent.trim()) || node;
  const tellOffline = () => {
    if (!$("#mat-mang")) document.body.append(make("div", { id: "mat-mang", class: "note note--nghe floating", role: "status" }, say.offline));
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (form.dataset.sent || !navigator.onLine) {
      event.preventDefault();
      if (!navigator.onLine) tellOffline();
      return;
    }
    form.dataset.sent = "1";
    if (/logout|dang-xuat/.test(form.action)) mine().forEach((name) => sessionStorage.removeItem(name));
    else if (keep(form)) sessionStorage.setItem(SENT, place(form));
    const button = event.submitter;
    if (button && button.classList.contains("btn")) {
      const was = words(button).textContent;
      setTimeout(() => { // once the browser has read the button's name and value
        button.setAttribute("aria-busy", "true");
        if (button.dataset.busy) words(button).textContent = button.dataset.busy;
        button.dataset.was = was;
      }, 0);
    }
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    $$("form[data-sent]").forEach((form) => delete form.dataset.sent);
    $$("[aria-busy][data-was]").forEach((button) => {
      button.removeAttribute("aria-busy");
      words(button).textContent = button.dataset.was;
    });
  });
  window.addEventListener("offline", tellOffline);
  window.addEventListener("online", () => { const box = $("#mat-mang"); if (box) box.remove(); });
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form.toolbar, form[data-filter]");
    if (form && form.method === "get" && !form.hasAttribute("hx-get")) form.requestSubmit();
  });

  // What was typed stays on this machine until a page of ours has answered. It is filled in again when one comes back or
  // reloads, and always in forms that name their draft (data-draft): never for the next person at the same counter.
  const SENT = "motcua-da-gui";
  const mine = () => Object.keys(sessionStorage).filter((name) => name.startsWith("motcua-nhap:"));
  const place = (form) => `motcua-nhap:${location.pathname}:${form.dataset.draft || ""}:${$$("form").indexOf(form)}`;
  const kept = (form) => $$("input, textarea, select", form).filter((one) =>
    one.name && !/^(password|file|hidden|submit|button|search)$/.test(one.type));
  const keep = (form) => form.method === "post" && form.closest("main") && !form.hasAttribute("data-forget") &&
    !$("input[type=password]", form) && kept(form).some((one) => one.tagName === "TEXTAREA" || one.type === "text" || one.type === "tel");
  const value = (one) => (/^(radio|checkbox)$/.test(one.type) ? one.checked : one.value);
  const first = (one) => (/^(radio|checkbox)$/.test(one.type) ? one.defaultChecked : one.tagName === "SELECT" ? value(one) : one.defaultValue);
  const fill = (one, typed) => { if (/^(radio|checkbox)$/.test(one.type)) one.checked = typed; else one.value = typed; };
  try {
    const failed = $("[data-failed]");
    const answered = sessionStorage.getItem(SENT);
    const [came] = performance.getEntriesByType("navigation");
    const back = Boolean(came) && came.type !== "navigate";
    const led = document.referrer.startsWith(location.origin); // by our own page, not typed again after a failure
    if (answered && led && !failed && !back) sessionStorage.removeItem(answered);
    if (!failed) sessionStorage.removeItem(SENT);
    $$("form").filter(keep).forEach((form) => {
      const typed = JSON.parse(sessionStorage.getItem(place(form)) || "{}");
      const old = kept(form).filter((one, index) => typed[index] !== undefined && typed[index] !== first(one));
      if (old.length && (back || form.dataset.draft)) {
        kept(form).forEach((one, index) => { if (typed[index] !== undefined) fill(one, typed[index]); });
        const forget = make("button", { type: "button", class: "plainly" }, say.forget);
        const told = make("p", { class: "s14 soft", role: "status" }, `${say.refilled} `, forget);
        forget.addEventListener("click", () => {
          sessionStorage.removeItem(place(form));
          form.reset();
          told.remove();
        });
        form.prepend(told);
      } else if (old.length) sessionStorage.removeItem(place(form));
      form.addEventListener("input", () => sessionStorage.setItem(place(form), JSON.stringify(kept(form).map(value))));
    });
  } catch { /* storage is closed in this browser: pages work without it */ }

  // Tables wider than the screen say so.
  const tellWide = () => $$(".scroll-x").forEach((box) => {
    const before = box.previousElementSibling;
    const hint = before && before.classList.contains("scroll-hint") ? before : null;
    const wide = box.scrollWidth > box.clientWidth + 4;
    if (hint) hint.hidden = !wide;
    else if (wide) box.before(make("p", { class: "scroll-hint" }, say.sideways));
  });
  window.addEventListener("load", tellWide);
  window.addEventListener("resize", tellWide);

  // Mistakes: focus goes to the summary.
  const errors = $("[data-errors]");
  if (errors && !errors.closest("[data-still]")) errors.focus();

  // Reading desk: the sentence of the open proposal stands in sight.
  const sentence = $(".paper mark.on");
  const sheet = sentence && sentence.closest(".paper");
  if (sheet && sheet.scrollHeight > sheet.clientHeight) {
    sheet.scrollTop += sentence.getBoundingClientRect().top - sheet.getBoundingClientRect().top - sheet.clientHeight / 3;
  }

  // Parts of other apps: loaded by address, failing alone.
  const load = async (panel) => {
    const body = $(".body", panel) || panel;
    const was = [...body.childNodes];
    body.replaceChildren(make("p", { class: "loading", role: "status" }, say.loading));
    try {
      const answer = await fetch(panel.dataset.remote, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const holder = document.createElement("template");
      holder.innerHTML = await answer.text(); // our own server's page, under the same content policy
      const fresh = holder.content.firstElementChild;
      if (fresh) panel.replaceWith(fresh);
      else panel.remove();
      if (fresh && window.htmx) window.htmx.process(fresh);
      tellWide();
    } catch {
      const again = make("button", { type: "button", class: "btn" }, say.again);
      again.addEventListener("click", () => {
        body.replaceChildren(...was);
        load(panel);
      });
      body.replaceChildren(make("div", { class: "empty" }, make("b", {}, say.failed), say.rest, make("p", { class: "mt2" }, again)));
    }
  };
  $$("[data-remote]").forEach(load);

  // File drops: the border answers to what is held over it.
  $$("[data-drop]").forEach((drop) => {
    ["dragenter", "dragover"].forEach((name) => drop.addEventListener(name, () => drop.classList.add("drop--over")));
    ["dragleave", "drop"].forEach((name) => drop.addEventListener(name, () => drop.classList.remove("drop--over")));
  });
})();

// Keeps what was typed and is not handed in yet: asks before a page with an uploaded file is left, and brings text and place back
// when a sign-in ended while somebody was typing.
(() => {
  "use strict";

  const KEPT = "typed before the sign-in ended";
  const HOURS = 12 * 3600 * 1000;
  const FIELDS = "[data-testid=stMain] textarea, [data-testid=stMain] input[type=text], [data-testid=stMain] input[type=number]";
  const LEAVE = "已选的文件和在屏幕上的改正还没有报送，离开后需要重新上传。确定离开吗？";
  let typed = {};
  let page = location.pathname;
  let person = "";
  let signedOut = false;
  let shown = "";  // the address of the page with something unsent

  const here = () => location.pathname + location.search;
  const main = () => document.querySelector("[data-testid=stMain]");
  const whose = () => document.querySelector(".person p")?.textContent ?? "";
  const isUnsent = () => !signedOut && document.querySelector("[data-testid=stMain] [data-unsent]") !== null;

  // A field is known by its label and its place among those of the same label: Streamlit names them anew on every run.
  function nameOf(field) {
    const label = field.getAttribute("aria-label");
    if (!label || field.getAttribute("role") === "combobox") return null;
    const same = [...document.querySelectorAll(FIELDS)].filter((one) => one.getAttribute("aria-label") === label);
    return `${same.indexOf(field)} ${label}`;
  }

  function note(event) {
    if (location.pathname !== page) [page, typed] = [location.pathname, {}];
    if (!event.isTrusted || !event.target.matches?.(FIELDS)) return;
    const name = nameOf(event.target);
    if (name) [typed[name], person] = [event.target.value, whose()];
  }

  function keep() {
    if (signedOut) return;
    signedOut = true;
    if (location.pathname !== page || !Object.keys(typed).length) return;
    const place = main()?.scrollTop ?? 0;
    sessionStorage.setItem(KEPT, JSON.stringify({ address: here(), person, typed, place, at: Date.now() }));
  }

  // On the same page, of the same person, on the same day: into the fields as if typed, once they are drawn.
  function bringBack() {
    const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
    if (!kept) return;
    if (Date.now() - kept.at > HOURS) return sessionStorage.removeItem(KEPT);
    if (!whose() || kept.address !== here()) return;
    if (whose() !== kept.person) return sessionStorage.removeItem(KEPT);
    const app = document.querySelector("[data-testid=stApp]");
    if (!app || app.dataset.testScriptState !== "notRunning") return;
    const fields = Object.fromEntries([...document.querySelectorAll(FIELDS)].map((field) => [nameOf(field), field]));
    const found = Object.entries(kept.typed).filter(([name]) => fields[name]);
    if (!found.length) return;
    sessionStorage.removeItem(KEPT);
    for (const [name, value] of found) write(fields[name], value);
    fields[found[0][0]].closest("details:not([open])")?.querySelector("summary")?.click();
    main()?.scrollTo(0, kept.place);
    tell(fields[found[0][0]]);
  }

  function write(field, value) {
    const kind = field.tagName === "TEXTAREA" ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    typed[nameOf(field)] = value;
  }

  function tell(field) {
    const said = document.createElement("p");
    said.className = "banner";
    said.setAttribute("role", "status");
    said.textContent = "登录失效之前填写的文字已恢复，请核对后再提交；下拉选项、日期和文件请重新选择。";
    (field.closest("[data-testid=stForm]") ?? field.parentElement).prepend(said);
  }

  // The page says that nobody is signed in: the way back leads here.
  function noticeEnd() {
    const link = document.querySelector("[data-signed-out] a");
    if (!link) return;
    keep();
    link.href = `/login?next=${encodeURIComponent(here())}`;
  }

  function ask(event) {
    if (!isUnsent()) return;
    event.preventDefault();
    event.returnValue = LEAVE;
  }

  // Streamlit's own links and the board's change the page without loading it: the browser asks nothing then.
  function askWithin(event) {
    const link = event.target.closest?.("a[href]");
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || link.target === "_blank" || link.hasAttribute("download")) return;
    if (link.origin !== location.origin || link.pathname === location.pathname || !isUnsent()) return;
    if (!link.matches(".board-link, [data-testid=stSidebarNavLink]")) return;
    if (confirm(LEAVE)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  // So does the search box.
  function askBeforeSearch(event) {
    if (!event.target.closest?.("form.search") || !isUnsent() || confirm(LEAVE)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  // The browser's back and forward keys have changed the address already when they are noticed: it is put back.
  function askBack(event) {
    if (!event.isTrusted || !shown || !isUnsent() || location.pathname === new URL(shown).pathname) return;
    if (confirm(LEAVE)) {
      shown = "";
      return;
    }
    event.stopImmediatePropagation();
    history.pushState({}, "", shown);
  }

  function noteShown() {
    if (isUnsent() && (!shown || location.pathname === new URL(shown).pathname)) shown = location.href;
    else if (!isUnsent()) shown = "";
  }

  function watch() {
    let waits = false;
    new MutationObserver(() => {
      if (waits) return;
      waits = true;
      setTimeout(() => { waits = false; noticeEnd(); bringBack(); noteShown(); }, 150);
    }).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-test-script-state"] });
  }

  document.addEventListener("input", note, true);
  document.addEventListener("click", noticeEnd, true);  // before the link is followed, however soon it is clicked
  document.addEventListener("click", askWithin, true);
  document.addEventListener("submit", askBeforeSearch, true);
  document.addEventListener("signed-out", keep);
  window.addEventListener("popstate", askBack, true);  // before Streamlit's, whose script comes later
  window.addEventListener("beforeunload", ask);
  if (document.body) watch();
  else document.addEventListener("DOMContentLoaded", watch);
})();

// Runs in every page: puts Streamlit's own English into Chinese, opens the board's own links without loading the page anew, and
// leads to the form when the sign-in has ended.
(() => {
  "use strict";

  const WORDS = {
    "Upload": "选择文件", "Add files": "添加文件",
    "Drag and drop files here": "将文件拖到此处", "Uploading...": "正在上传",
    "Choose an option": "请选择", "Choose options": "请选择", "Select...": "请选择", "No results": "没有符合的选项",
    "No options to select": "没有可选项", "No options to select.": "没有可选项", "Select all": "全选",
    "Page not found": "没有这个页面", "Close": "关闭", "Cancel": "取消", "Copy": "复制", "Copy to clipboard": "复制", "Copied": "已复制",
    "Search": "查找", "Close Search": "关闭查找", "Next Result": "下一处", "Previous Result": "上一处", "Download as CSV": "下载表格（CSV）",
    "Fullscreen": "全屏", "Close fullscreen": "退出全屏", "Exit fullscreen": "退出全屏", "Show/hide columns": "显示或隐藏列",
    "Sort ascending": "升序", "Sort descending": "降序", "Pin column": "固定列", "Unpin column": "取消固定", "Hide column": "隐藏列",
    "Autosize": "自动列宽", "Format": "格式", "Clear selection": "清除选择", "Clear value": "清除", "Clear all": "全部清除",
    "Clear entry": "清除", "Clear date": "清除日期", "Open": "展开", "Selected values": "已选", "No data": "没有数据", "empty": "空", "Empty": "未填",
    "Choose date": "选择日期", "Choose date range": "选择起止日期", "Date range": "起止日期", "Increment": "增加", "Decrement": "减少",
    "Use arrow keys to navigate dates. Enter to select. Escape to close.": "用方向键选日期，回车键确定，退出键关闭。",
    "yyyy": "年", "mm": "月", "dd": "日", "Dismiss": "关闭", "file upload": "上传文件", "Only one file is allowed.": "一次只能选择一个文件。",
    "File size is too small.": "文件是空的，请重新选择。", "Unexpected error. Please try again.": "上传没有成功，请重试。", "add icon": "添加", "empty icon": "图标",
    "Quick select a date range": "快速选择", "Previous month": "上个月", "Next month": "下个月", "Previous": "上一页", "Next": "下一页",
    "Running...": "正在计算", "Stop": "停止", "Rerun": "重新计算", "Always rerun": "总是重新计算", "Deploy": "部署",
    "Settings": "设置", "Print": "打印", "Record a screencast": "录制屏幕", "About": "关于", "Get help": "帮助", "Report a bug": "反馈问题",
    "Clear cache": "清除缓存", "Main menu": "菜单", "Sidebar": "栏目", "App pages": "栏目", "Collapse sidebar": "收起栏目",
    "Expand sidebar": "展开栏目", "Skip to main content": "跳到正文", "Navigate to home page": "回到总览", "Notifications": "通知",
    "View less": "收起", "Connection error": "与服务器的连接已断开", "Connecting": "正在连接", "CONNECTING": "正在连接",
    "Connection lost. Please wait for the app to reconnect, then try again.": "连接已断开，正在重新连接。", "Try again": "重试",
    "Streamlit server is not responding. Are you connected to the internet?": "服务器没有响应，请检查网络，或稍候再试。",
    "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:": "服务可能已停止，请联系管理员。",
    "Script execution error": "本页出错", "Download failed": "下载失败", "Loading...": "正在读取", "Select": "选择",
    "Vega visualization": "图形", "visualization": "图形", "Show data": "显示数据", "Show chart": "显示图形", "View Source": "查看定义", "Save as SVG": "存为矢量图", "Save as PNG": "存为图片", "Download as PNG": "下载图片", "Copy Vega-Lite spec": "复制图表定义", "title": "标题", "axis": "坐标轴", "subtitle": "副标题", "legend": "图例", "bar": "柱", "line": "线", "point": "点",
    "Link to heading": "本节链接", "Zoom in": "放大", "Zoom out": "缩小", "Reset": "还原", "Sunday": "星期日",
  };

  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  const PARTS = { year: "年", month: "月", day: "日" };

  // frame/uploads.py says why; Streamlit shows the number alone.
  const NOT_TAKEN = {
    403: "这个页面没有可以上传文件的地方，或者页面已经失效，请刷新后重试。",
    413: "文件太大，或者本次登录上传的文件合计过大，没有接收。",
    503: "同时上传的文件太多，没有接收，请过几分钟再试。",
  };

  const PATTERNS = [
    [/^(?:group|line|symbol|text|rect|rule|area|arc|trail|path|shape|image) mark container$/, () => "图形的一部分"],
    [/^(?:Title text|Subtitle text) '(.*)'$/, (_, words) => `标题：${words}`],
    [/^[XY]-axis(?: titled '(.*?)')?.*$/, (_, words) => `坐标轴${words ? "：" + words : ""}`],
    [/^Selected Date: ([A-Z][a-z]+) (\d+), (\d+)$/, (_, month, day, year) => `已选 ${year}年${MONTHS.indexOf(month) + 1}月${day}日`],
    [/^\d+ – ([A-Z][a-z]+)$/, (_, month) => `${MONTHS.indexOf(month) + 1}月`],
    [/^Number is (?:outside|below|above) the allowed range\.(?: Please enter a value (?:between (\S+) and (\S+?)|greater than or equal to (\S+?)|less than or equal to (\S+?))\.)?$/, (_, low, high, least, most) =>
      "不能填这个数" + (low ? `，请填 ${low} 至 ${high} 之间的数` : least ? `，请填不小于 ${least} 的数` : most ? `，请填不大于 ${most} 的数` : "") + "。"],
    [/^(year|month|day), (.*)$/, (_, part, label) => `${PARTS[part]}，${label}`],
    [/^Choose date, (.*)$/, (_, month) => `选择日期，${month}`],
    [/^(\d+) options? available\.$/, (_, count) => `共 ${count} 个选项`],
    [/^Limit (\d+(?:\.\d+)?) ?MB per file(?: • (.*))?$/, (_, size, kinds) => `每个文件不超过 ${size} MB` + (kinds ? `，${kinds}` : "")],
    [/^(\d+(?:\.\d+)?) ?MB per file(?: • (.*))?$/, (_, size, kinds) => `每个文件不超过 ${size} MB` + (kinds ? `，${kinds}` : "")],
    [/^(?:.* )?files are not allowed\.?$/, () => "不能上传这种文件，请另存为上面列出的格式后重新选择。"],
    [/^File must be (\d+)(?:\.\d+)?MB or smaller\.?$/, (_, size) => `文件超过 ${size} MB，不能上传，请拆分成几份后重新选择。`],
    [/^\((?:(\d+) hours?)?(?:, )?(?:(\d+) minutes?)?(?:, )?(?:(\d+)(?:\.\d)? seconds)?\)$/, (_, hours, minutes, seconds) =>
      `${hours ? hours + " 小时 " : ""}${minutes ? minutes + " 分 " : ""}${seconds ?? 0} 秒`],
    [/^(?:.*Error: )?Request failed with status code (\d+)$/, (_, status) => NOT_TAKEN[status] ?? "文件没有接收，请刷新页面后重试。"],
    [/^Error:$/, () => "未上传："],
    [/^Error: (.*)$/, (_, said) => `有误：${said}`],
    [/^Remove (.*)$/, (_, name) => `移除 ${name}`],
    [/^Selected (.*?)\. (.*)$/, (_, value, label) => `已选 ${value}，${label}`],
    [/^You have requested page \/(.*?), but .*$/, (_, page) => `没有“${page}”这个页面，已打开总览。`],
    [/^The page that you have requested does not seem to exist.*$/, () => "没有这个页面，已打开总览。"],
    [/^View (\d+) more$/, (_, count) => `再显示 ${count} 项`],
    [/^Connection failed with status (\d+)\.?$/, (_, status) => `服务器没有接受连接（${status}）。`],
    [/^Help for (.*)$/, (_, label) => `${label}的说明`],
    [/^(Show data|Show chart|Download as PNG|Copy Vega-Lite spec|Fullscreen|Close fullscreen): ([^]*)$/, (_, act, chart) => `${WORDS[act]}：${chart}`],
  ];

  // Streamlit asks again for ever when the server no longer knows who it is: to the form instead, and from there back.
  const NOT_SIGNED_IN = /^Connection failed with status 40[13]\.?$/;

  function toSignIn() {
    document.dispatchEvent(new CustomEvent("signed-out"));
    location.assign("/login?next=" + encodeURIComponent(location.pathname + location.search));
  }

  const ATTRIBUTES = ["aria-label", "aria-valuetext", "title", "placeholder", "aria-roledescription", "alt", "data-tooltip"];

  function chinese(text) {
    const words = text.trim();
    if (!/[A-Za-z]{2}/.test(words)) return null;
    if (NOT_SIGNED_IN.test(words)) toSignIn();
    if (Object.hasOwn(WORDS, words)) return text.replace(words, WORDS[words]);
    for (const [pattern, say] of PATTERNS) if (pattern.test(words)) return words.replace(pattern, say);
    return null;
  }

  function translateText(node) {
    if (node.parentElement && node.parentElement.closest("script, style, [data-as-typed]")) return;
    const said = chinese(node.data);
    if (said !== null && said !== node.data) node.data = said;
  }

  function translateAttributes(element) {
    for (const name of ATTRIBUTES) {
      const value = element.getAttribute(name);
      const said = value && chinese(value);
      if (said && said !== value) element.setAttribute(name, said);
    }
  }

  function translate(root) {
    if (root.nodeType === Node.TEXT_NODE) return translateText(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = root; node; node = walker.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) translateText(node);
      else translateAttributes(node);
    }
  }

  // frame/opening.html stands until Streamlit has drawn the first words, or says why it cannot; what is still fetched is an
  // empty place.
  function endOpening() {
    const opening = document.getElementById("opening");
    if (!opening) return;
    const places = [...document.querySelectorAll("[data-testid=stMain] [data-testid=stElementContainer]")];
    if (places.some((place) => place.textContent.trim()) || document.querySelector("[role=dialog]")) opening.remove();
  }

  function watch() {
    translate(document.body);
    new MutationObserver((changes) => {
      endOpening();
      for (const change of changes) {
        if (change.type === "childList") change.addedNodes.forEach(translate);
        else if (change.type === "characterData") translateText(change.target);
        else translateAttributes(change.target);
      }
    }).observe(document.body, {
      subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
    });
  }

  // Links written by components/ carry class “board-link”. Streamlit follows the browser's history, so a link needs no reload;
  // a click with a key held, or in a browser without history, stays an ordinary link.
  function follow(event) {
    const link = event.target.closest && event.target.closest("a.board-link");
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.origin !== location.origin) return;
    event.preventDefault();
    const place = link.hash ? () => document.getElementById(link.hash.slice(1)) : sameSection(link);
    go(link.href, !place);
    if (place) scrollWhenDrawn(place, 50);
  }

  // One more entry of the history, and what stands there drawn.
  function go(address, toTheTop) {
    rememberPlace();
    history.pushState({}, "", address);
    window.dispatchEvent(new PopStateEvent("popstate"));
    if (toTheTop) scroller()?.scrollTo(0, 0);
  }

  // The menu keeps the as-of date and the plan. It is followed here, before Streamlit does, which would begin with an empty query and
  // leave an entry without the date behind.
  function followMenu(event) {
    const link = event.target.closest && event.target.closest("[data-testid=stSidebarNav] a[href]");
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const address = new URL(link.href), here = new URLSearchParams(location.search);
    if (/\/area(_\d+)?$/.test(address.pathname)) {  // an area that the plan brings along is named in the address
      address.pathname = address.pathname.replace(/_\d+$/, "");
      address.searchParams.set("area", link.textContent.trim());
    }
    for (const name of ["as_of", "plan"]) if (here.get(name)) address.searchParams.set(name, here.get(name));
    go(address.href, true);
    if (innerWidth <= 768) document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
  }

  // The search box is an ordinary form; here it is followed as a link is.
  function followSearch(event) {
    const form = event.target.closest && event.target.closest("form.search");
    if (!form || event.defaultPrevented) return;
    event.preventDefault();
    const address = new URL(form.action);
    for (const [name, value] of new FormData(form)) if (value.trim()) address.searchParams.set(name, value.trim());
    go(address.href, true);
  }

  // Back and forward return to where one was: each entry of the history remembers how far its page was scrolled.
  let returning = 0, noting = 0;
  const scroller = () => document.querySelector("[data-testid=stMain]");

  function rememberPlace() {
    clearTimeout(noting);
    const main = scroller();
    if (main) history.replaceState({ ...history.state, scrolled: main.scrollTop }, "");
  }

  function noteScroll(event) {
    if (event.target !== scroller() || returning) return;
    clearTimeout(noting);
    noting = setTimeout(rememberPlace, 150);
  }

  // The page is drawn anew, piece by piece: it is scrolled again and again until its script has run to its end, and let
  // go as soon as somebody scrolls or types.
  function returnTo(scrolled) {
    clearInterval(returning);
    clearTimeout(noting);
    let ticks = 0, hasRun = false;
    returning = setInterval(() => {
      const runs = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "running";
      hasRun ||= runs;
      scroller()?.scrollTo(0, scrolled);
      ticks += 1;
      if ((hasRun && !runs) || ticks > 100) stayHere();
    }, 100);
  }

  function stayHere() {
    clearInterval(returning);
    returning = 0;
  }

  window.addEventListener("popstate", (event) => event.isTrusted && returnTo(event.state?.scrolled ?? 0));
  document.addEventListener("scroll", noteScroll, true);
  for (const name of ["wheel", "touchstart", "keydown", "pointerdown"]) window.addEventListener(name, stayHere, { passive: true, capture: true });
  if (history.state?.scrolled) returnTo(history.state.scrolled);

  // Turning a list's page, or choosing among what a section shows, stays at that section: the last heading before the link.
  function sameSection(link) {
    if (link.pathname !== location.pathname || !link.closest("nav.pager, nav.filters")) return null;
    const headings = () => [...document.querySelectorAll("[data-testid=stMain] :is(h2.section, h3.sub)")];
    const before = headings().filter((one) => one.compareDocumentPosition(link) & Node.DOCUMENT_POSITION_FOLLOWING).length;
    return before ? () => headings()[before - 1] : null;
  }

  // The page is drawn piece by piece: the place is looked for until the script has ended, at most for ten seconds.
  function scrollWhenDrawn(place, times) {
    const app = document.querySelector("[data-testid=stApp]");
    const drawn = app && app.dataset.testScriptState === "notRunning" && times < 48;
    const found = drawn && place();
    if (found) found.scrollIntoView();
    else if (times > 0) setTimeout(() => scrollWhenDrawn(place, times - 1), 200);
  }

  document.documentElement.addEventListener("click", followMenu, true);  // after unsent.js has asked, before Streamlit
  document.addEventListener("click", follow);
  document.addEventListener("submit", followSearch);
  if (document.body) watch();
  else document.addEventListener("DOMContentLoaded", watch);
})();

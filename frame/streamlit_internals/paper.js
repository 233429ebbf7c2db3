// Before a page is printed: what is folded is opened, and the foot of every sheet gets the as-of date and the address.
(() => {
  "use strict";

  const opened = [], foot = document.createElement("style");
  const quoted = (words) => `"${words.replace(/[\\"]/g, "\\$&").replace(/\s+/g, " ")}"`;

  function address() {
    try { return decodeURI(location.href); } catch { return location.href; }
  }

  window.addEventListener("beforeprint", () => {
    for (const part of document.querySelectorAll("[data-testid=stMain] details:not([open])")) {
      part.open = true;
      opened.push(part);
    }
    const day = document.querySelector(".provenance > span")?.textContent ?? "";
    foot.textContent = `@page {
      @bottom-left { content: ${quoted(day)}; font-size: 8pt; color: #55616d; white-space: nowrap; }
      @bottom-center { content: ${quoted(address())}; font-size: 7pt; color: #55616d; width: 60%; overflow-wrap: anywhere; }
      @bottom-right { content: "第 " counter(page) " 页，共 " counter(pages) " 页"; font-size: 8pt; color: #55616d; white-space: nowrap; }
    }`;
    document.head.append(foot);
  });

  window.addEventListener("afterprint", () => {
    for (const part of opened.splice(0)) part.open = false;
    foot.remove();
  });
})();

// Smooths what works without it: says when nothing came back, and keeps the keyboard's place.
"use strict";

(() => {
  const region = () => document.getElementById("said");

  // Words stand in the page, so that they are in its language.
  const tell = (name) => {
    const words = document.getElementById(`words-${name}`);
    if (!words || !region()) return;
    region().replaceChildren(words.content.cloneNode(true));
    region().querySelector("[tabindex]")?.focus();
  };

  const told = (answer) => answer.getResponseHeader("HX-Retarget") === "#said";

  // A failure of ours says where it belongs; what a proxy says instead takes nobody's words away.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (told(event.detail.xhr)) event.detail.shouldSwap = true;
  });
  document.addEventListener("htmx:responseError", (event) => {
    if (!told(event.detail.xhr)) tell("unreachable");
  });
  document.addEventListener("htmx:sendError", () => tell("unreachable"));
  document.addEventListener("htmx:timeout", () => tell("unreachable"));

  document.addEventListener("htmx:beforeRequest", (event) => {
    event.detail.target.setAttribute("aria-busy", "true");
    region()?.replaceChildren();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    event.detail.target.removeAttribute("aria-busy");
  });

  // htmx notes the address that it was loaded at; whose page it was stays off the device.
  document.addEventListener("DOMContentLoaded", () => {
    try {
      sessionStorage.removeItem("htmx-current-path-for-history");
    } catch {
      // Nothing may be stored here at all, and so nothing was.
    }
  });

  // What had the focus may be gone: then what came in its place has it.
  document.addEventListener("htmx:afterSettle", (event) => {
    const place = event.target;
    const lost = !document.activeElement || document.activeElement === document.body;
    if (!lost || place === region() || !place.isConnected) return;
    if (!place.hasAttribute("tabindex")) place.tabIndex = -1;
    place.focus({ preventScroll: true });
    place.scrollIntoView({ block: "nearest" });
  });

  // A long form puts itself aside while somebody writes; 途中まで保存 does the same by hand.
  document.querySelectorAll("[data-draft]").forEach((line) => {
    const form = line.closest("form");
    let waiting, going;

    const keep = async () => {
      const said = new URLSearchParams(new FormData(form));
      said.set("sent_to", line.dataset.draft);
      going = new AbortController();
      const headers = { "x-draft": "1", accept: "text/html" };
      const sent = { method: "POST", body: said, headers, signal: going.signal, redirect: "error" };
      try {
        const answer = await fetch("/drafts", sent);
        if (answer.status === 200) line.innerHTML = await answer.text();
      } catch {
        if (!going.signal.aborted) waiting = setTimeout(keep, 20_000);
      }
    };

    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(keep, 2_000);
    });
    form.addEventListener("submit", () => {
      clearTimeout(waiting);
      going?.abort();
    });
  });
})();

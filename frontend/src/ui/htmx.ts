// htmx under a strict content security policy: no inline style, no eval, nothing kept in the browser.
import htmx from "htmx.org";

Object.assign(htmx.config, {
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  historyCacheSize: 0, // pages with personal data are not left in local storage
  refreshOnHistoryMiss: true,
  scrollBehavior: "auto",
  // An answer that refuses (4xx) carries a page that says why: show it.
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true },
    { code: "[45]..", swap: false, error: true },
  ],
});

/** The text prepared in the page for a kind of failure, in the reader's language. */
function failureText(kind: "server" | "network"): string {
  return document.body.dataset[kind === "server" ? "failed" : "offline"] ?? "";
}

function tell(text: string): void {
  const place = document.getElementById("live-messages");
  if (!place || !text) return;
  const message = document.createElement("p");
  message.className = "message message-error";
  message.textContent = text;
  place.replaceChildren(message);
}

document.addEventListener("htmx:responseError", () => tell(failureText("server")));
document.addEventListener("htmx:sendError", () => tell(failureText("network")));
document.addEventListener("htmx:timeout", () => tell(failureText("network")));
document.addEventListener("htmx:beforeRequest", () =>
  document.getElementById("live-messages")?.replaceChildren(),
);

// Empty questions stay out of the address, so that it can be read and shared.
document.addEventListener("htmx:configRequest", (event) => {
  const { verb, formData } = (event as CustomEvent<{ verb: string; formData: FormData }>).detail;
  if (verb !== "get") return;
  for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
});

// A list beside its explanation: the row whose link was followed is marked, and on a phone the
// explanation, which then stands below the list, is brought into view.
document.addEventListener("htmx:afterSwap", (event) => {
  const { target, requestConfig } = (event as CustomEvent).detail;
  const row = (requestConfig?.elt as Element | undefined)?.closest("[data-choice]");
  if (!row) return;
  for (const other of row.closest("section")?.querySelectorAll("[data-choice].is-current") ?? []) {
    other.classList.remove("is-current");
  }
  row.classList.add("is-current");
  const place = target.getBoundingClientRect();
  if (place.top < 0 || place.top > window.innerHeight - 120) {
    target.scrollIntoView({ behavior: "smooth", block: "start" });
  }
});

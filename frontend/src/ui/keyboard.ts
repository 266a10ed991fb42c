// The keyboard: "/" searches, j and k walk the rows of a register, Enter opens, Escape closes.
const TYPING = "input, textarea, select, [contenteditable]";

function walk(step: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLAnchorElement>("[data-register] .main a")];
  if (links.length === 0) return;
  const here = links.indexOf(document.activeElement as HTMLAnchorElement);
  const next = here < 0 ? (step > 0 ? 0 : links.length - 1) : here + step;
  links[Math.max(0, Math.min(links.length - 1, next))]?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if ((event.target as Element).closest(TYPING)) return;
  if (event.key === "/") {
    const boxes = document.querySelectorAll<HTMLInputElement>("input[data-search]");
    const box = [...boxes].find((one) => one.offsetParent !== null);
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  }
  if (event.key === "j") walk(1);
  if (event.key === "k") walk(-1);
});

// Things that open: menus that are <details> (one at a time), and buttons that open a part of the page.
const MENUS = "details[data-menu]";

function closeAll(except?: Element | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>(`${MENUS}[open]`)) {
    if (menu !== except) menu.open = false;
  }
}

function toggle(button: HTMLElement): void {
  const part = document.getElementById(button.dataset.opens ?? "");
  const isOpen = part?.classList.toggle("is-open") ?? false;
  button.setAttribute("aria-expanded", String(isOpen));
}

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  closeAll(target.closest(MENUS));
  const button = target.closest<HTMLElement>("[data-opens]");
  if (button) toggle(button);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector<HTMLDetailsElement>(`${MENUS}[open]`);
  closeAll();
  open?.querySelector("summary")?.focus();
});

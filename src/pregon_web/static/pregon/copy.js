// Buttons that copy the address of a field. Without this file the field is chosen and copied by hand.
"use strict";

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  if (!field || !navigator.clipboard) continue;
  const words = button.innerHTML;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      button.textContent = "Copiado";
      setTimeout(() => { button.innerHTML = words; }, 2000);
    } catch {
      field.select();
    }
  });
}

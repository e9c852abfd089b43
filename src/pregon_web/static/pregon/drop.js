// A file dropped anywhere on the form goes into its own file input. Without this script the form works the same.
"use strict";
for (const form of document.querySelectorAll("form[data-drop]")) {
  const input = form.querySelector('input[type="file"]');
  const mark = (over) => (event) => { event.preventDefault(); form.classList.toggle("is-over", over); };
  form.addEventListener("dragover", mark(true));
  form.addEventListener("dragleave", mark(false));
  form.addEventListener("drop", (event) => {
    mark(false)(event);
    if (event.dataTransfer && event.dataTransfer.files.length) { input.files = event.dataTransfer.files; }
  });
  // A long reading says so, and is not sent twice.
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    const note = document.createElement("p");
    note.setAttribute("role", "status");
    note.className = "small muted";
    note.textContent = "Leyendo el documento. Puede tardar hasta un minuto.";
    form.append(note);
  });
  // Back from the next page: the form can be sent again.
  window.addEventListener("pageshow", () => {
    delete form.dataset.sent;
    for (const note of form.querySelectorAll("[role=status]")) { note.remove(); }
  });
}

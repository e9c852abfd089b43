// What is pasted from a spreadsheet fills the cells from the one it is pasted in. Without this script cells are typed.
"use strict";
for (const form of document.querySelectorAll("form[data-grid]")) {
  const notice = document.querySelector("[data-paste-problem]");
  const button = form.querySelector("button[type=submit]");
  const inputs = () => [...form.querySelectorAll('td.cell input:not([type="hidden"])')];
  const originals = new Map(inputs().map((input) => [input, input.defaultValue]));
  const count = () => {
    const changed = inputs().filter((input) => input.value.trim() !== originals.get(input)).length;
    button.textContent = changed === 0 ? "Guardar las cifras" : changed === 1 ? "Guardar 1 cifra" : `Guardar ${changed} cifras`;
  };
  const mark = (input) => {
    const cell = input.parentElement;
    cell.classList.toggle("is-new", input.value.trim() !== originals.get(input));
    cell.classList.toggle("is-empty", input.value.trim() === "" && originals.get(input) === "");
    cell.classList.remove("is-wrong");
  };
  const tell = (words) => { notice.hidden = !words; notice.textContent = words; };
  form.addEventListener("input", (event) => { mark(event.target); count(); });
  form.addEventListener("paste", (event) => {
    const start = event.target;
    const text = event.clipboardData ? event.clipboardData.getData("text") : "";
    if (!start.matches("td.cell input") || !/[\t\n]/.test(text.trim())) { return; }
    event.preventDefault();
    const block = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
    const rows = [...form.querySelectorAll("tbody tr:not(.group)")].map((row) => [...row.children].slice(1, -2));
    const top = rows.findIndex((cells) => cells.includes(start.parentElement));
    const left = rows[top].indexOf(start.parentElement);
    const width = Math.max(...block.map((line) => line.length));
    if (left + width > rows[top].length) {
      tell(`Pegó ${width} columnas y desde esa celda quedan ${rows[top].length - left} meses. No se pegó nada. Copie solo los meses.`);
      return;
    }
    if (top + block.length > rows.length) {
      tell(`Pegó ${block.length} filas y desde esa celda quedan ${rows.length - top}. No se pegó nada.`);
      return;
    }
    tell("");
    const locked = [];
    block.forEach((line, down) => line.forEach((value, right) => {
      const input = rows[top + down][left + right].querySelector('input:not([type="hidden"])');
      if (!input) { if (value.trim()) { locked.push(value.trim()); } return; }
      input.value = value.trim();
      mark(input);
    }));
    if (locked.length) { tell(`${locked.length === 1 ? "Una cifra cayó" : `${locked.length} cifras cayeron`} en celdas que se cuentan de las publicaciones: no se pegaron.`); }
    count();
  });
  window.addEventListener("beforeunload", (event) => {
    if (!form.dataset.sent && inputs().some((input) => input.value.trim() !== originals.get(input))) { event.preventDefault(); }
  });
  form.addEventListener("submit", () => { form.dataset.sent = "yes"; });
}

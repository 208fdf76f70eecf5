// Texts to take over: a button that copies; without scripts there is the text file beside it.
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText);
    button.querySelector(".kern-label").textContent = button.dataset.copied;
  });
}

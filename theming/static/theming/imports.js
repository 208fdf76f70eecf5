// Counts what is ticked on the page with what is ticked on the others, and shows the result when the work is done.
(() => {
  const form = document.querySelector("[data-picks]");
  if (form) {
    const elsewhere = Number(form.dataset.picksElse) - Number(form.dataset.picksHere);
    const button = form.querySelector("[data-picks-button]");
    const idle = button ? button.textContent : "";
    const count = () => {
      const number = elsewhere + form.querySelectorAll('input[name="zeile"]:checked').length;
      if (button) {
        const words = number === 1 ? button.dataset.picksOne : button.dataset.picksMany.replace("#", String(number));
        button.textContent = number ? words : idle;
      }
    };
    form.addEventListener("change", count);
    count();
  }
  // The part that is asked for every two seconds is gone once the work has ended: then the page is another one.
  document.addEventListener("htmx:afterRequest", (event) => {
    const answer = event.detail.xhr;
    if (document.querySelector("[data-working]") && answer && answer.status === 200 && !answer.responseText.includes("data-working")) {
      window.location.reload();
    }
  });
})();

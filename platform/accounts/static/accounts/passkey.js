// Says in words when a device has no passkeys or its owner broke off; everything else is the library's.
(function () {
  "use strict";
  document.addEventListener("DOMContentLoaded", function () {
    if (window.PublicKeyCredential) {
      document.querySelectorAll("[data-passkey-form]").forEach(function (form) { form.hidden = false; });
    } else {
      document.querySelectorAll("[data-needs-passkey]").forEach(function (note) { note.hidden = false; });
    }
  });
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    document.querySelectorAll("[data-passkey-trouble]").forEach(function (note) { note.textContent = note.dataset.text; });
  });
})();

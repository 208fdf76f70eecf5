// Ties buttons to the library's functions for passkeys, and says in words when a device has none or its owner broke off.
(function () {
  "use strict";
  function tie(button) {
    const ids = { credential: button.dataset.credential, passwordless: button.dataset.passwordless || undefined };
    const name = { addForm: "add", authenticateForm: "authenticate", loginForm: "login" }[button.dataset.passkey];
    ids[name] = button.id;
    if (document.getElementById("js_data")) { ids.data = "js_data"; }
    window.allauth.webauthn.forms[button.dataset.passkey]({ ids: ids });
  }
  document.addEventListener("DOMContentLoaded", function () {
    if (window.PublicKeyCredential) {
      document.querySelectorAll("[data-passkey-form]").forEach(function (form) { form.hidden = false; });
      document.querySelectorAll("[data-passkey]").forEach(tie);
    } else {
      document.querySelectorAll("[data-needs-passkey]").forEach(function (note) { note.hidden = false; });
    }
  });
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    document.querySelectorAll("[data-passkey-trouble]").forEach(function (note) { note.textContent = note.dataset.text; });
  });
})();

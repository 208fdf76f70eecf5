// <chancenportal-embed><iframe src="https://portal.example/embed/liste/" ...></iframe></chancenportal-embed>
// Makes the frame inside as high as what stands in it. Without this script the frame keeps its own height.
(function () {
  "use strict";
  if (!window.customElements || customElements.get("chancenportal-embed")) return;
  class ChancenportalEmbed extends HTMLElement {
    connectedCallback() {
      if (this.getAttribute("src") && !this.querySelector("iframe")) {
        var frame = document.createElement("iframe");
        frame.src = this.getAttribute("src");
        frame.title = this.getAttribute("title") || "Chancenportal";
        frame.height = this.getAttribute("height") || "600";
        frame.loading = "lazy";
        frame.style.border = "0";
        frame.style.width = "100%";
        this.append(frame);
      }
      this.hear = this.hear || this.heard.bind(this);
      addEventListener("message", this.hear);
    }
    disconnectedCallback() {
      removeEventListener("message", this.hear);
    }
    heard(event) {
      var frame = this.querySelector("iframe");
      // Only the page in our own frame may speak, and only while it is one of the address we put there.
      if (!frame || event.source !== frame.contentWindow) return;
      if (event.origin !== new URL(frame.src, location.href).origin) return;
      var height = event.data && event.data.chancenportal === "height" ? Number(event.data.height) : NaN;
      if (height >= 40 && height <= 20000) frame.style.height = Math.ceil(height) + "px";
    }
  }
  customElements.define("chancenportal-embed", ChancenportalEmbed);
})();

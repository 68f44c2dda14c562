/* Where the other scripts cannot run (an old browser, a filter), what stands in <noscript> would stay hidden: show it.
   Written for the oldest browsers. */
document.documentElement.className = "scripted";
window.addEventListener("load", function () {
  if (document.documentElement.className.indexOf("ready") >= 0) return;
  document.documentElement.className = "";
  var hidden = document.getElementsByTagName("noscript");
  for (var at = hidden.length - 1; at >= 0; at--) {
    var shown = document.createElement("div");
    shown.innerHTML = hidden[at].textContent;
    hidden[at].parentNode.replaceChild(shown, hidden[at]);
  }
});

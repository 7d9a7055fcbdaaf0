// The calculator in a frame on another site. It tells the site around it how high it is and what has come into view, and
// nothing else: no word of what was typed leaves the frame.

const tell = (message) => window.parent.postMessage(message, "*");

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const paint = () => {
  document.body.dataset.mdColorScheme = dark.matches ? "slate" : "default";
};
paint();
dark.addEventListener("change", paint);

if (window.parent !== window) {
  const main = document.querySelector("main");
  new ResizeObserver(() => {
    tell({ type: "yibao-guide:height", height: Math.ceil(main.getBoundingClientRect().height) });
  }).observe(main);

  // A frame as high as its content does not scroll: the site around it has to. The new height is told in the next drawing,
  // and the place after it: else the site would look for it below its own end.
  const nextDrawing = (run) => requestAnimationFrame(() => requestAnimationFrame(run));
  document.addEventListener("focusin", ({ target }) => {
    if (target.matches("[tabindex='-1']")) {
      nextDrawing(() => tell({ type: "yibao-guide:show", top: Math.floor(target.getBoundingClientRect().top) }));
    }
  });
}

// Other pages open in a window of their own: most of them refuse to stand in a frame.
document.addEventListener("click", ({ target }) => {
  const link = target.closest("a[href]");
  if (link && !link.download && !link.matches("[href^='#'], .md-select__link")) {
    link.target = "_blank";
    link.rel = "noopener";
  }
}, { capture: true });

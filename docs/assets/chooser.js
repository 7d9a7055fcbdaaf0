// The first page sends readers on to the first of their languages that the guide has.
// Whoever wants to choose comes to "#choose". No module, which a browser would not take from the disk.
{
  const wanted = navigator.languages.map((tag) => tag.toLowerCase().split("-")[0]).find((tag) => tag === "en" || tag === "zh");
  // From the disk there is no server that shows the page of a folder.
  const page = window.location.protocol === "file:" ? "index.html" : "";
  for (const link of document.querySelectorAll("a")) {
    link.href += page;
  }
  if (wanted && window.location.hash !== "#choose") {
    window.location.replace(`${wanted}/${page}`);
  }
}

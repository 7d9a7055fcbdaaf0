// The first page sends readers on to the first of their languages that the guide has.
// Whoever wants to choose comes to "#choose".
const wanted = navigator.languages.map((tag) => tag.toLowerCase().split("-")[0]).find((tag) => tag === "en" || tag === "zh");
if (wanted && window.location.hash !== "#choose") {
  window.location.replace(`${wanted}/`);
}

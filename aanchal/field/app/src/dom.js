// Elements made by hand: text is only ever text.

/** h("p.sub", {id}, "words", element, null) */
export function h(what, ...rest) {
  const [tag, ...classes] = what.split(".");
  const element = document.createElement(tag);
  if (classes.length) element.className = classes.join(" ");
  const attributes = rest[0]?.constructor === Object ? rest.shift() : {};
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "disabled" || name === "hidden") element[name] = value;
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...rest.flat(9).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return element;
}

/** An icon or the mark of a band, as the server drew it into the page. */
export function drawn(name) {
  const found = document.getElementById("drawings").content.querySelector(`[data-name="${name}"]`);
  return found ? found.firstElementChild.cloneNode(true) : document.createTextNode("");
}

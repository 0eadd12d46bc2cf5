// Planted faults that the rules must find, each in the line below its mark. Never served.

export function show(node, name, html) {
  // finds: unescaped-html
  node.innerHTML = name;
  // finds: unescaped-html
  node.outerHTML = `<b>${name}</b>`;
  // finds: unescaped-html
  node.insertAdjacentHTML("beforeend", name);
  // finds: unescaped-html
  document.write(name);
  // finds: unescaped-html
  html`<p dangerouslySetInnerHTML=${{ __html: name }} />`;
  node.textContent = name;
  return html`<p>${name}</p>`;
}

export function run(name) {
  // finds: code-from-strings
  eval(name);
  // finds: code-from-strings
  new Function("x", name);
  // finds: code-from-strings
  setTimeout("call()", 10);
  setTimeout(() => name, 10);
}

export function keep(token) {
  // finds: secret-kept-in-the-page
  localStorage.setItem("hall_token", token);
  // finds: secret-kept-in-the-page
  sessionStorage.setItem("csrf", token);
  localStorage.setItem("language", "en");
  // finds: message-to-anybody
  window.parent.postMessage({ token }, "*");
}

export async function ask() {
  // finds: way-out-of-the-hall
  await fetch("https://example.org/count");
  // finds: way-out-of-the-hall
  navigator.sendBeacon("/count", "x");
  return fetch("/api/session");
}

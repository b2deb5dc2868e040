// Asks the device for a passkey, and sends its answer with the form it stands in.
// Without this script the forms stay hidden, and the codes do everything.
"use strict";

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const known = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

function options(form) {
  const asked = JSON.parse(form.dataset.options).publicKey;
  asked.challenge = bytes(asked.challenge);
  if (asked.user) asked.user.id = bytes(asked.user.id);
  asked.excludeCredentials = known(asked.excludeCredentials);
  asked.allowCredentials = known(asked.allowCredentials);
  return { publicKey: asked };
}

function told(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function ask(event) {
  const form = event.target;
  const answer = form.querySelector("[data-answer]");
  if (answer.value) return;
  event.preventDefault();
  const failed = form.querySelector("[data-failed]");
  failed.hidden = true;
  try {
    answer.value = told(await navigator.credentials[form.dataset.passkey](options(form)));
  } catch {
    failed.hidden = false;
    return;
  }
  form.requestSubmit();
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", ask);
  }
}

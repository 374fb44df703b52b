// Passkeys: a form with data-passkey (`create` or `get`) asks the browser to make or use one before it is sent.
"use strict";
(() => {
  const bytes = (text) => Uint8Array.from(window.atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) => window.btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  async function answer(form) {
    const asked = await window.fetch(form.dataset.options, { method: "POST", headers: { "x-csrf-token": form.elements.csrf.value }, credentials: "same-origin" });
    if (!asked.ok) throw new Error("options");
    const options = await asked.json();
    options.challenge = bytes(options.challenge);
    if (form.dataset.passkey === "create") {
      options.user.id = bytes(options.user.id);
      options.excludeCredentials = known(options.excludeCredentials);
      const made = await navigator.credentials.create({ publicKey: options });
      return { made, response: { clientDataJSON: text(made.response.clientDataJSON), attestationObject: text(made.response.attestationObject) } };
    }
    options.allowCredentials = known(options.allowCredentials);
    const made = await navigator.credentials.get({ publicKey: options });
    const { clientDataJSON, authenticatorData, signature, userHandle } = made.response;
    return {
      made,
      response: { clientDataJSON: text(clientDataJSON), authenticatorData: text(authenticatorData), signature: text(signature), userHandle: userHandle ? text(userHandle) : null },
    };
  }

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    const problem = form.querySelector("[data-passkey-problem]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      problem.hidden = true;
      try {
        const { made, response } = await answer(form);
        form.elements.kunci.value = JSON.stringify({ id: made.id, rawId: text(made.rawId), type: made.type, clientExtensionResults: {}, response });
        form.submit();
      } catch {
        problem.hidden = false;
      }
    });
  });
})();

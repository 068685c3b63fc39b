// Adds, and shows, passkeys. Without this file everything goes on with codes.
"use strict";

(() => {
  const API = "/api/v1";
  const WORDS = {
    stopped: "パスキーを使えませんでした。もう一度押すか、番号を使ってください。",
    kept: "この端末のパスキーは、もう加えてあります。",
    often: "何度もうまくいかなかったので、しばらく待ってからにしてください。",
    label: "名前を入れてください。",
  };

  const bytes = (text) => {
    const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
  };

  const text = (buffer) => {
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  };

  const post = async (path, body) => {
    const answer = await fetch(API + path, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const said = await answer.json();
    if (said.step_up) {
      location.assign("/step-up?next=" + encodeURIComponent(location.pathname));
    }
    if (!answer.ok) {
      throw Object.assign(new Error(said.title), { status: answer.status });
    }
    return said;
  };

  const described = (each) => ({ ...each, id: bytes(each.id) });

  const add = async (label) => {
    const asked = (await post("/me/factors/passkeys/begin")).public_key;
    asked.challenge = bytes(asked.challenge);
    asked.user.id = bytes(asked.user.id);
    asked.excludeCredentials = asked.excludeCredentials.map(described);
    const made = await navigator.credentials.create({ publicKey: asked });
    await post("/me/factors/passkeys", {
      label,
      credential_id: made.id,
      client_data: text(made.response.clientDataJSON),
      attestation: text(made.response.attestationObject),
    });
  };

  const show = async (path) => {
    const asked = (await post("/sessions/passkey/begin")).public_key;
    asked.challenge = bytes(asked.challenge);
    asked.allowCredentials = asked.allowCredentials.map(described);
    const shown = await navigator.credentials.get({ publicKey: asked });
    return post(path, {
      credential_id: shown.id,
      client_data: text(shown.response.clientDataJSON),
      authenticator_data: text(shown.response.authenticatorData),
      signature: text(shown.response.signature),
    });
  };

  const steps = {
    add: async (place) => {
      const field = place.querySelector("input");
      const label = field.value.trim();
      if (!label) {
        field.focus();
        throw Object.assign(new Error("label"), { words: WORDS.label });
      }
      await add(label);
      location.assign("/security?done=passkey-added");
    },
    "sign-in": async (place) => {
      const said = await show("/sessions/passkey");
      // Where a step is still missing, the next page leads there.
      location.assign(said.awaits === "own_password" ? "/security/password" : place.dataset.next);
    },
    "step-up": async (place) => {
      await show("/sessions/step-up/passkey");
      location.assign(place.dataset.next);
    },
  };

  const wordsOf = (wrong) => {
    if (wrong.words) return wrong.words;
    if (wrong.name === "InvalidStateError") return WORDS.kept;
    return wrong.status === 429 ? WORDS.often : WORDS.stopped;
  };

  const wake = (place) => {
    const button = place.querySelector("button");
    const notice = place.querySelector("[role=status]");
    button.addEventListener("click", async () => {
      button.disabled = true;
      notice.textContent = "";
      try {
        await steps[place.dataset.passkey](place);
      } catch (wrong) {
        notice.textContent = wordsOf(wrong);
      } finally {
        button.disabled = false;
      }
    });
    place.hidden = false;
  };

  if (window.PublicKeyCredential) {
    document.querySelectorAll("[data-passkey]").forEach(wake);
    document.querySelectorAll("[data-without-passkey]").forEach((each) => (each.hidden = true));
  }
})();

// Shows what passkeys can do where the browser knows them, and says so when one did not work.
// The exchange itself is done by the scripts of django-allauth, served from here like all others.
if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkeys]")) part.hidden = false;
}

document.addEventListener("allauth.error", () => {
  const said = document.querySelector("[data-passkey-error]");
  if (said) said.hidden = false;
});

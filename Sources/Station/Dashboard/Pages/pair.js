// Pairs this device. It may load nothing but what somebody who is not paired may have.
import { words } from "./words.js";

const language = (navigator.language || "en").toLowerCase().startsWith("zh") ? "zh-Hans" : "en";
document.documentElement.lang = language;
for (const element of document.querySelectorAll("[data-word]")) {
  element.textContent = words[language][element.dataset.word];
}

/** `Firefox on Android`, as far as the browser says. */
function device() {
  const agent = navigator.userAgent;
  const browser = ["Firefox", "Edg", "Chrome", "Safari"].find((name) => agent.includes(name)) ?? "browser";
  const system = ["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"]
    .find((name) => agent.includes(name));
  return system ? `${browser} on ${system}` : browser;
}

const code = document.getElementById("code");
// A QR code leads here with the digits behind the hash, which is never sent to a server.
if (/^#\d{8}$/.test(location.hash)) code.value = location.hash.slice(1);

document.getElementById("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const said = document.getElementById("said");
  const response = await fetch("/api/v1/pairing", {
    method: "POST", headers: { "content-type": "application/json" },
    body: JSON.stringify({ code: code.value, name: device() }),
  });
  const answer = await response.json();
  said.textContent = response.ok
    ? words[language]["pair done"] : [answer.detail, answer.hint].filter(Boolean).join(" – ");
  if (response.ok) location.assign("/");
});

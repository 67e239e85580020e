// The page without a token: whoever follows a link types it once, and comes to the view that the link names.
const app = document.getElementById("app");
const form = document.createElement("main");
const [title, help, input, go] = ["h1", "p", "input", "button"].map((name) => document.createElement(name));
title.textContent = "Palimpsest";
help.textContent =
  "Paste the token from the address that “deno task explore” printed: the part between the last two slashes.";
input.setAttribute("aria-label", "token");
input.autocomplete = "off";
go.textContent = "Open";
go.type = "button";
form.className = "enter";
form.append(title, help, input, go);
app.replaceChildren(form);
const open = () => {
  const token = input.value.trim().split("/").filter((part) => part !== "" && !part.includes(":")).at(-1) ??
    "";
  if (/^[\w-]+$/.test(token)) location.href = `/${token}/${location.hash}`;
};
go.addEventListener("click", open);
input.addEventListener("keydown", ({ key }) => key === "Enter" && open());
input.focus();

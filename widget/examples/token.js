// The page's own server gives its signed-in users a token; it stays in this variable alone.
// Called with true where the last one was refused: then another is fetched.
let token = null;
document.querySelector("aftale-assistent").getToken = async (refused) => {
  if (refused || !token) token = (await (await fetch("/aftale-token", { method: "POST" })).json()).token;
  return token;
};

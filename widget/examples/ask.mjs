// Ask from JavaScript and follow the stages: node ask.mjs "Hvor stort er teknologibidraget?"
// AFTALER_URL is where the API lies, AFTALER_TOKEN the token, where one is needed.
const url = process.env.AFTALER_URL ?? "http://localhost:8000";
const token = process.env.AFTALER_TOKEN;

const response = await fetch(`${url}/api/v1/ask/stream`, {
  method: "POST",
  headers: { "Content-Type": "application/json", ...(token ? { Authorization: `Bearer ${token}` } : {}) },
  body: JSON.stringify({ question: process.argv[2] }),
  signal: AbortSignal.timeout(60_000),
});
if (!response.ok) {
  console.error((await response.json()).detail);
  process.exit(1);
}
let rest = "";
for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
  const events = (rest + chunk).split("\n\n");
  rest = events.pop();
  for (const event of events) {
    const data = /^data: (.*)$/m.exec(event)?.[1]; // a comment has none
    if (!data) continue;
    const found = JSON.parse(data);
    if (event.includes("event: stage")) console.error(found.label);
    if (event.includes("event: answer")) console.log(found.text);
    if (event.includes("event: error")) {
      console.error(found.detail);
      process.exitCode = 1;
    }
  }
}

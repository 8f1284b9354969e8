// Reads jobs (one JSON per line), answers with what the official package makes of them.
const { decrypt, encrypt, getSignature } = require("@wecom/crypto");
const lines = require("node:readline").createInterface({ input: process.stdin });
lines.on("line", (line) => {
  const job = JSON.parse(line);
  const answer = job.encrypt
    ? decrypt(job.key, job.encrypt)
    : { encrypt: encrypt(job.key, job.message, job.id) };
  const sealed = job.encrypt || answer.encrypt;
  answer.signature = getSignature(job.token, job.timestamp, job.nonce, sealed);
  console.log(JSON.stringify(answer));
});

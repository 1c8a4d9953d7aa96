import { readFileSync } from 'node:fs';
import { Agent, createServer, request as httpRequest } from 'node:http';

// What no gateway of this plan can be faster than: the same requests to subgraphs, their answers parsed, and an answer
// that was made before. floor.js <recorded requests> <answer> <subgraphs' port> <port>
const [, , recorded = '', answerFile = '', subgraphPort, port] = process.argv;
const requests = JSON.parse(readFileSync(recorded, 'utf8')) as { path: string; body: string }[];
const answer = readFileSync(answerFile);
const agent = new Agent({ keepAlive: true });

function ask({ path, body }: { path: string; body: string }): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const message = httpRequest(
      { host: '127.0.0.1', port: Number(subgraphPort), path, method: 'POST', agent, headers },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString('utf8'))));
      },
    );
    message.on('error', reject);
    message.end(body);
  });
}

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', async () => {
    JSON.parse(Buffer.concat(chunks).toString('utf8'));
    for (const one of requests) await ask(one);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
    response.end(answer);
  });
}).listen(Number(port), '127.0.0.1', () => process.stdout.write('ready\n'));
